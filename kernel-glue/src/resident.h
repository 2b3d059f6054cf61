/* SPDX-License-Identifier: Apache-2.0 */
/* Modules that stay: there is one of a name at a time. */
#ifndef RTTM_RESIDENT_H
#define RTTM_RESIDENT_H

#include <dlmodule.h>

/* The resident module called `name`, or RT_NULL. In a critical section. */
struct rt_dlmodule *rttm_resident(const char *name);

/* Why there can't be one more resident module called `name` than `module`, which may be RT_NULL; or RT_NULL. */
const char *rttm_other_resident(const char *name, const struct rt_dlmodule *module);

#endif /* RTTM_RESIDENT_H */
