/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device really is. Up to 4.x the kernel has no classes for ADCs and PWMs, and for serial ports it never has: a
 * device is one of these if it has the same functions as another that certainly is.
 */
#ifndef RTTM_KIN_H
#define RTTM_KIN_H

#include <rtthread.h>

/* The functions of `sample`, which was filled by a framework of the kernel's. */
const void *rttm_kin_of(const struct rt_device *sample);

#endif /* RTTM_KIN_H */
