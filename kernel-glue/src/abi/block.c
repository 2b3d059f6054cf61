/* SPDX-License-Identifier: Apache-2.0 */
/* Block devices: their geometry, and what is still in their buffers. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_BLOCK

#include <rtthread.h>
#include <rtdevice.h> /* where 5.1 declares block devices */
#include <rtm.h>

#include "device.h"

/* Sends a command to a block device. */
static int32_t block_control(struct rttm_device *device, int command, void *argument)
{
    rt_device_t kernel = rttm_device_kernel(device);

    if (kernel == RT_NULL)
        return RTTM_ERROR_INVALID;
    if (kernel->type != RT_Device_Class_Block)
        return RTTM_ERROR_UNSUPPORTED;
    return rttm_device_control(device, command, argument);
}

int32_t rttm_block_geometry(struct rttm_device *device, struct rttm_geometry *geometry)
{
    struct rt_device_blk_geometry found;
    int32_t                       result;

    rt_memset(&found, 0, sizeof found);
    result = block_control(device, RT_DEVICE_CTRL_BLK_GETGEOME, &found);
    geometry->sectors = found.sector_count;
    geometry->sector_bytes = found.bytes_per_sector;
    geometry->erase_bytes = found.block_size;
    return result;
}
RTM_EXPORT(rttm_block_geometry)

int32_t rttm_block_sync(struct rttm_device *device)
{
    return block_control(device, RT_DEVICE_CTRL_BLK_SYNC, RT_NULL);
}
RTM_EXPORT(rttm_block_sync)

#endif /* RTT_MOD_USING_BLOCK */
