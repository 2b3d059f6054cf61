/* SPDX-License-Identifier: Apache-2.0 */
/* Translates the flags with which a device is opened between the module ABI (RTTM_DEVICE_…) and the kernel. */
#ifndef RTTM_OPEN_FLAGS_H
#define RTTM_OPEN_FLAGS_H

#include <rtthread.h>

/* The flags for rt_device_open that correspond to `flags` of the ABI. */
rt_uint16_t rttm_open_flags(rt_device_t device, rt_uint32_t flags);

/* The flags of the ABI that correspond to the `open_flags` of a driver's `open`. */
rt_uint32_t rttm_flags_of(rt_uint16_t open_flags);

#endif /* RTTM_OPEN_FLAGS_H */
