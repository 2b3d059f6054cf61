/* SPDX-License-Identifier: Apache-2.0 */
/* Devices that modules implement. */
#ifndef RTTM_DRIVER_H
#define RTTM_DRIVER_H

#include <rtthread.h>

#include "../port/groups.h"
#include "rtt_mod.h"
#include "transfer.h"
#include "../module/visit.h"

#ifdef RTT_MOD_USING_DRIVER

/*
 * The kernel's device called `name`, or RT_NULL. One that a module implements stays at least until the visit ends; if
 * the result is RT_NULL, there is no visit.
 */
rt_device_t rttm_driver_find(struct rttm_visit *visit, const char *name, uint32_t name_length);

/* Whether a module implements `device`. */
rt_bool_t rttm_driver_implements(rt_device_t device);

#else

rt_inline rt_device_t rttm_driver_find(struct rttm_visit *visit, const char *name, uint32_t name_length)
{
    rttm_visit_begin(visit, RT_NULL);
    return rttm_find_device(name, name_length);
}

rt_inline rt_bool_t rttm_driver_implements(rt_device_t device)
{
    (void)device;
    return RT_FALSE;
}

#endif /* RTT_MOD_USING_DRIVER */

#endif /* RTTM_DRIVER_H */
