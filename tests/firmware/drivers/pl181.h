/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Arm's PL181: a host for an SD card, under RT-Thread's MMC/SD stack. Data goes through its FIFO by the processor.
 */
#ifndef PL181_H
#define PL181_H

#include <rtthread.h>
#include <rtdevice.h>

struct pl181
{
    struct rt_mmcsd_host *host;
    rt_uint32_t           address;
    rt_uint32_t           clock_hz;
};

/* Turns the controller at `address` on, which has a clock of `clock_hz`. RT_NULL when there is no memory. */
struct rt_mmcsd_host *pl181_start(struct pl181 *controller, rt_uint32_t address, rt_uint32_t clock_hz);

#endif /* PL181_H */
