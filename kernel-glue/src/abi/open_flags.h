/* SPDX-License-Identifier: Apache-2.0 */
/* How a device is opened: RTTM_DEVICE_… and RT_DEVICE_OFLAG_…, RT_DEVICE_FLAG_…. */
#ifndef RTTM_OPEN_FLAGS_H
#define RTTM_OPEN_FLAGS_H

#include <rtthread.h>

/* What rt_device_open takes for `flags` of the ABI's. */
rt_uint16_t rttm_open_flags(rt_device_t device, rt_uint32_t flags);

/* The ABI's for what a driver's `open` gets. */
rt_uint32_t rttm_flags_of(rt_uint16_t open_flags);

#endif /* RTTM_OPEN_FLAGS_H */
