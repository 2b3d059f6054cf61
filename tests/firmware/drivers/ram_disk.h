/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A block device in memory: the card of a board that has no card slot.
 */
#ifndef RAM_DISK_H
#define RAM_DISK_H

#include <rtthread.h>

struct ram_disk
{
    struct rt_device device;
    rt_uint8_t      *memory;
    rt_uint32_t      sectors;
};

/* Registers the `bytes` at `memory`, as they are, as the block device `name`. */
rt_err_t ram_disk_register(struct ram_disk *disk, const char *name, void *memory, rt_uint32_t bytes);

#endif /* RAM_DISK_H */
