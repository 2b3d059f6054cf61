/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_DEVICE_H
#define RTTM_DEVICE_H

#include <rtthread.h>

#include "rtt_mod.h"

/* The kernel's device behind `device`, which stays as long as `device` is open. RT_NULL when it is not. */
rt_device_t rttm_device_kernel(const struct rttm_device *device);

#endif /* RTTM_DEVICE_H */
