/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include <rtthread.h>
#include <rtdevice.h> /* where 5.1 declares block devices */

#include "ram_disk.h"

#define SECTOR_BYTES 512u

/* The memory of the range, or RT_NULL if the disk is too small for it. */
static rt_uint8_t *sectors_at(rt_device_t device, rt_off_t first, rt_size_t count)
{
    struct ram_disk *disk = rt_container_of(device, struct ram_disk, device);

    if (first < 0 || count > disk->sectors || (rt_uint32_t)first > disk->sectors - count)
        return RT_NULL;
    return disk->memory + (rt_uint32_t)first * SECTOR_BYTES;
}

static rt_size_t read_sectors(rt_device_t device, rt_off_t first, void *buffer, rt_size_t count)
{
    const rt_uint8_t *from = sectors_at(device, first, count);

    if (from == RT_NULL)
        return 0;
    rt_memcpy(buffer, from, count * SECTOR_BYTES);
    return count;
}

static rt_size_t write_sectors(rt_device_t device, rt_off_t first, const void *buffer, rt_size_t count)
{
    rt_uint8_t *to = sectors_at(device, first, count);

    if (to == RT_NULL)
        return 0;
    rt_memcpy(to, buffer, count * SECTOR_BYTES);
    return count;
}

static rt_err_t control(rt_device_t device, int command, void *argument)
{
    struct ram_disk               *disk = rt_container_of(device, struct ram_disk, device);
    struct rt_device_blk_geometry *geometry = argument;

    switch (command)
    {
    case RT_DEVICE_CTRL_BLK_GETGEOME:
        geometry->bytes_per_sector = SECTOR_BYTES;
        geometry->block_size = SECTOR_BYTES;
        geometry->sector_count = disk->sectors;
        return RT_EOK;
    case RT_DEVICE_CTRL_BLK_SYNC:
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static void set_operations(rt_device_t device)
{
#ifdef RT_USING_DEVICE_OPS
    /* Counts are signed from 5.0 on. */
    static const struct rt_device_ops operations = {
        .read = (void *)read_sectors,
        .write = (void *)write_sectors,
        .control = control,
    };

    device->ops = &operations;
#else
    device->read = read_sectors;
    device->write = write_sectors;
    device->control = control;
#endif
}

rt_err_t ram_disk_register(struct ram_disk *disk, const char *name, void *memory, rt_uint32_t bytes)
{
    disk->memory = memory;
    disk->sectors = bytes / SECTOR_BYTES;
    disk->device.type = RT_Device_Class_Block;
    set_operations(&disk->device);
    return rt_device_register(&disk->device, name, RT_DEVICE_FLAG_RDWR);
}
