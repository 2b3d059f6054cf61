/* SPDX-License-Identifier: Apache-2.0 */
/* What the files about devices share: the kernel's device behind a handle, device notifiers, and drivers of modules. */
#ifndef RTTM_DEVICE_H
#define RTTM_DEVICE_H

#include <rtthread.h>

#include "../module/resource.h"
#include "../port/groups.h"
#include "callback.h"
#include "rtt_mod.h"
#include "transfer.h"

/* ---- handles (device.c) ------------------------------------------------------------------------------------------ */

/* The kernel's device behind `device`, which stays as long as `device` is open. RT_NULL when it is not open. */
rt_device_t rttm_device_kernel(const struct rttm_device *device);

/* ---- notifiers (device_notifier.c) ------------------------------------------------------------------------------- */

/* What a device notifies of. */
enum rttm_direction
{
    RTTM_RECEIVED,
    RTTM_SENT,
};

/*
 * A callback that a device calls. The kernel has room for one function per device and direction, and gives it no
 * context. The glue's function finds the notifiers by the device, and then calls the function that was there before.
 */
struct rttm_device_notifier
{
    struct rttm_device_notifier *next;
    rt_device_t                  device; /* RT_NULL: not attached */
    enum rttm_direction          direction;
    struct rttm_bound_callback   bound;
    /* The function that the device called before. */
    rt_err_t (*received_before)(rt_device_t device, rt_size_t bytes);
    rt_err_t (*sent_before)(rt_device_t device, void *buffer);
};

/* From now on, `device` calls the callback of `notifier`. The device stays open until the notifier is detached. */
void rttm_device_notifier_attach(struct rttm_device_notifier *notifier, rt_device_t device);

/* No new call begins after this. Does nothing if `notifier` is not attached. */
void rttm_device_notifier_detach(struct rttm_device_notifier *notifier);

/* ---- devices whose module is gone (orphan.c) --------------------------------------------------------------------- */

/* At the beginning of a block of the heap. */
struct rttm_orphan
{
    struct rt_device    device;
    struct rttm_orphan *next;
};

/* From now on, the block is freed when nobody has the device open. */
void rttm_orphan_add(struct rttm_orphan *orphan);

/* An orphan is being closed: looks for those that can be freed, soon. */
void rttm_orphans_reclaim(void);

/* ---- devices that modules implement (driver.c) ------------------------------------------------------------------- */

#ifdef RTT_MOD_USING_DRIVER

/*
 * The kernel's device called `name`, or RT_NULL. If a module implements the device, `*driver` is pinned, so that it stays
 * until it is unpinned; otherwise it is RT_NULL.
 */
rt_device_t rttm_driver_find(struct rttm_resource **driver, const char *name, uint32_t name_length);

/* Whether a module implements `device`. */
rt_bool_t rttm_driver_implements(rt_device_t device);

#else

rt_inline rt_device_t rttm_driver_find(struct rttm_resource **driver, const char *name, uint32_t name_length)
{
    *driver = RT_NULL;
    return rttm_find_device(name, name_length);
}

rt_inline rt_bool_t rttm_driver_implements(rt_device_t device)
{
    (void)device;
    return RT_FALSE;
}

#endif /* RTT_MOD_USING_DRIVER */

#endif /* RTTM_DEVICE_H */
