/* SPDX-License-Identifier: Apache-2.0 */
/* Modules that stay: there is one of a name at a time. */
#ifndef RTTM_RESIDENT_H
#define RTTM_RESIDENT_H

#include "../port/groups.h"
#include "kernel_module.h"
#include "load.h"

#ifdef RTT_MOD_USING_RESIDENT

/* The resident module called `name`, or RT_NULL. In a critical section. */
struct rt_dlmodule *rttm_resident(const char *name);

/* Why there can't be one more resident module called `name` than `module`, which may be RT_NULL; or RT_NULL. */
const char *rttm_other_resident(const char *name, const struct rt_dlmodule *module);

/* Why the resident `module` is of no use for `use`, or RT_NULL. */
const char *rttm_resident_unsuitable(const struct rt_dlmodule *module, enum rttm_use use);

/* Calls the `init` of `module`, which is loaded from `path` as `name`. */
enum rttm_loaded rttm_resident_begin(const char *path, const char *name, struct rt_dlmodule *module);

#else /* none stays */

rt_inline struct rt_dlmodule *rttm_resident(const char *name)
{
    (void)name;
    return RT_NULL;
}

rt_inline const char *rttm_other_resident(const char *name, const struct rt_dlmodule *module)
{
    (void)name;
    (void)module;
    return RT_NULL;
}

rt_inline const char *rttm_resident_unsuitable(const struct rt_dlmodule *module, enum rttm_use use)
{
    (void)module;
    (void)use;
    return "is a resident module: turn on RTT_MOD_USING_RESIDENT";
}

rt_inline enum rttm_loaded rttm_resident_begin(const char *path, const char *name, struct rt_dlmodule *module)
{
    (void)path;
    (void)name;
    (void)module;
    return RTTM_LOADED_NOT;
}

#endif /* RTT_MOD_USING_RESIDENT */

#endif /* RTTM_RESIDENT_H */
