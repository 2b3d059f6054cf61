/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices whose module is gone, and which somebody still has open. rt_device_close writes to the device when its driver
 * has returned: so the last who closes it can't free it, and a timer does.
 */
#ifndef RTTM_GRAVE_H
#define RTTM_GRAVE_H

#include <rtthread.h>

/* At the beginning of a block of the heap. */
struct rttm_grave
{
    struct rt_device   device;
    struct rttm_grave *next;
};

/* From now on, the block is freed when nobody has the device open. */
void rttm_grave_dig(struct rttm_grave *grave);

/* A device in a grave is being closed. */
void rttm_grave_visit(void);

#endif /* RTTM_GRAVE_H */
