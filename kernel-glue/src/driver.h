/* SPDX-License-Identifier: Apache-2.0 */
/* Devices that modules implement. */
#ifndef RTTM_DRIVER_H
#define RTTM_DRIVER_H

#include <rtthread.h>

#include "rtt_mod.h"
#include "visit.h"

/*
 * The kernel's device called `name`, or RT_NULL. One that a module implements stays at least until the visit ends; if
 * the result is RT_NULL, there is no visit.
 */
rt_device_t rttm_driver_find(struct rttm_visit *visit, const char *name, uint32_t name_length);

/* Whether a module implements `device`. */
rt_bool_t rttm_driver_implements(rt_device_t device);

#endif /* RTTM_DRIVER_H */
