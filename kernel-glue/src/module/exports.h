/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_EXPORTS_H
#define RTTM_EXPORTS_H

#include <stdint.h>

#include <dlmodule.h>

#include "../port/groups.h"

/* The address of what the kernel exports as `name` (RTM_EXPORT), or 0. */
#ifdef RTT_MOD_USING_LOOKUP
uintptr_t rttm_find_export(const char *name);
#else
rt_inline uintptr_t rttm_find_export(const char *name)
{
    return dlmodule_symbol_find(name);
}
#endif

#endif /* RTTM_EXPORTS_H */
