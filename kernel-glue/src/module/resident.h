/* SPDX-License-Identifier: Apache-2.0 */
/* Resident modules, which stay loaded. There is one of each name at a time. */
#ifndef RTTM_RESIDENT_H
#define RTTM_RESIDENT_H

#include "../port/groups.h"
#include "load.h"
#include "record.h"

#ifdef RTT_MOD_USING_RESIDENT

/* The resident module called `name`, or RT_NULL. In a critical section. */
struct rttm_module *rttm_resident(const char *name);

/* Why there can't be one more resident module called `name`, or RT_NULL. */
const char *rttm_other_resident(const char *name);

/* Why `module`, a resident module, can't be used for `use`, or RT_NULL. */
const char *rttm_resident_unsuitable(const struct rttm_module *module, enum rttm_use use);

/* Calls the `init` of `module` on a thread of the module's, which Ctrl-C ends. Messages name it by `path`. */
enum rttm_loaded rttm_resident_begin(const char *path, struct rttm_module *module);

#else /* none stays */

rt_inline struct rttm_module *rttm_resident(const char *name)
{
    (void)name;
    return RT_NULL;
}

rt_inline const char *rttm_other_resident(const char *name)
{
    (void)name;
    return RT_NULL;
}

rt_inline const char *rttm_resident_unsuitable(const struct rttm_module *module, enum rttm_use use)
{
    (void)module;
    (void)use;
    return "is a resident module: turn on RTT_MOD_USING_RESIDENT";
}

rt_inline enum rttm_loaded rttm_resident_begin(const char *path, struct rttm_module *module)
{
    (void)path;
    (void)module;
    return RTTM_LOADED_NOT;
}

#endif /* RTT_MOD_USING_RESIDENT */

#endif /* RTTM_RESIDENT_H */
