/* SPDX-License-Identifier: Apache-2.0 */
/* Flags with which a device is opened: those of the module ABI and those of the kernel. */
#include <rtthread.h>

#include "../port/compat.h"
#include "open_flags.h"
#include "rtt_mod.h"

struct pair
{
    rt_uint16_t kernel;
    rt_uint16_t ours;
};

/* One pair on each line. */
/* clang-format off */
static const struct pair pairs[] = {
    {RT_DEVICE_OFLAG_RDONLY, RTTM_DEVICE_READ},
    {RT_DEVICE_OFLAG_WRONLY, RTTM_DEVICE_WRITE},
    {RT_DEVICE_FLAG_INT_RX, RTTM_DEVICE_INTERRUPT_RX},
    {RT_DEVICE_FLAG_INT_TX, RTTM_DEVICE_INTERRUPT_TX},
    {RT_DEVICE_FLAG_DMA_RX, RTTM_DEVICE_DMA_RX},
    {RT_DEVICE_FLAG_DMA_TX, RTTM_DEVICE_DMA_TX},
};
/* clang-format on */

#define PAIRS (sizeof pairs / sizeof pairs[0])

rt_uint16_t rttm_open_flags(rt_device_t device, rt_uint32_t flags)
{
    /*
     * A serial port forgets the flags of earlier opens. Without them, no interrupt would buffer the shell's input any
     * more.
     */
    rt_uint16_t open_flags = (rt_uint16_t)(device->open_flag & RTTM_OFLAG_MASK & ~RT_DEVICE_OFLAG_OPEN);
    rt_size_t   i;

    for (i = 0; i < PAIRS; i++)
    {
        if (flags & pairs[i].ours)
            open_flags |= pairs[i].kernel;
    }
    if (device->type == RT_Device_Class_Char && (flags & RTTM_DEVICE_READ))
        open_flags |= RTTM_OFLAG_RX;
    if (device->type == RT_Device_Class_Char && (flags & RTTM_DEVICE_WRITE))
        open_flags |= RTTM_OFLAG_TX;
    return open_flags;
}

rt_uint32_t rttm_flags_of(rt_uint16_t open_flags)
{
    rt_uint32_t flags = 0;
    rt_size_t   i;

    for (i = 0; i < PAIRS; i++)
    {
        if (open_flags & pairs[i].kernel)
            flags |= pairs[i].ours;
    }
    return flags;
}
