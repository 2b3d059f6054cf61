/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device really is. Up to 4.x the kernel has no classes for ADCs and PWMs, and for serial ports it never has: a
 * device is one of these if it has the same functions as another that certainly is.
 */
#ifndef RTTM_DEVICE_CLASS_H
#define RTTM_DEVICE_CLASS_H

#include <rtthread.h>

/* The functions of `device`, which tell its class. */
rt_inline const void *rttm_device_class(const struct rt_device *device)
{
#ifdef RT_USING_DEVICE_OPS
    return device->ops;
#else
    return (const void *)(rt_ubase_t)device->control;
#endif
}

#endif /* RTTM_DEVICE_CLASS_H */
