/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_EXPORTS_H
#define RTTM_EXPORTS_H

#include <stdint.h>

/* The address of what the kernel exports as `name` (RTM_EXPORT), or 0. */
uintptr_t rttm_find_export(const char *name);

#endif /* RTTM_EXPORTS_H */
