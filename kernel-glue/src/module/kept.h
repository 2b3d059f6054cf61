/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Images that outlive their modules, since something in the kernel still points into them: freed, they would be called,
 * or written to, as whatever has their memory next. Of such a module nothing else is left.
 */
#ifndef RTTM_KEPT_H
#define RTTM_KEPT_H

#include "kernel_module.h"

/* The kernel has this state, and no use for it. */
rt_inline rt_bool_t rttm_is_kept(const struct rt_dlmodule *module)
{
    return module->stat == RT_DLMODULE_STAT_CLOSED;
}

/* Destroys `module`, also one that was kept. RT_NULL, or what is kept in its place. */
struct rt_dlmodule *rttm_destroy_or_keep(struct rt_dlmodule *module);

#endif /* RTTM_KEPT_H */
