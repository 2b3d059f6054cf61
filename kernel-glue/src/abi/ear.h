/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Who listens to a device. The kernel has room for one function per device and direction, and gives it no context: ours
 * finds the listeners by the device, however many there are, and calls whoever was there before as well.
 */
#ifndef RTTM_EAR_H
#define RTTM_EAR_H

#include <rtthread.h>

#include "listener.h"

enum rttm_direction
{
    RTTM_RECEIVED,
    RTTM_SENT,
};

struct rttm_ear
{
    struct rttm_ear     *next;
    rt_device_t          device; /* RT_NULL: not attached */
    enum rttm_direction  direction;
    struct rttm_listener listener;
    /* Whom the device called before. */
    rt_err_t (*received_before)(rt_device_t device, rt_size_t bytes);
    rt_err_t (*sent_before)(rt_device_t device, void *buffer);
};

/* From now on, `device` calls the listener of `ear`; it is open until the ear is detached. */
void rttm_ear_attach(struct rttm_ear *ear, rt_device_t device);

/* After that no new call begins. Does nothing if it is not attached. */
void rttm_ear_detach(struct rttm_ear *ear);

#endif /* RTTM_EAR_H */
