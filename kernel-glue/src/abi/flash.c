/* SPDX-License-Identifier: Apache-2.0 */
/* Flash memories, RT-Thread's MTD NOR devices. Their own read and write do nothing, so the driver's functions are called. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_FLASH

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "device.h"
#include "device_class.h"
#include "result.h"

static void flash_enlist(union rttm_class_sample *sample, const char *name)
{
    rt_mtd_nor_register_device(name, &sample->flash);
}

int32_t rttm_flash_geometry(struct rttm_device *device, struct rttm_geometry *geometry)
{
    rt_device_t                     kernel = rttm_device_kernel(device);
    const struct rt_mtd_nor_device *flash = (const struct rt_mtd_nor_device *)kernel;

    if (kernel == RT_NULL)
        return RTTM_ERROR_INVALID;
    if (kernel->type != RT_Device_Class_MTD || !rttm_device_is(kernel, flash_enlist))
        return RTTM_ERROR_UNSUPPORTED;
    geometry->sectors = flash->block_end - flash->block_start;
    geometry->sector_bytes = flash->block_size;
    geometry->erase_bytes = flash->block_size;
    return RTTM_OK;
}
RTM_EXPORT(rttm_flash_geometry)

/* A driver returns a number of bytes, 0 or a negative number if it has failed; and an error number when it erases. */
static int32_t flash_transfer(struct rt_mtd_nor_device *flash, uint32_t operation, rt_off_t offset, void *bytes,
                              uint32_t length)
{
    rt_base_t count;

    switch (operation)
    {
    case RTTM_FLASH_READ:
        count = (rt_base_t)rt_mtd_nor_read(flash, offset, bytes, length);
        break;
    case RTTM_FLASH_WRITE:
        count = (rt_base_t)rt_mtd_nor_write(flash, offset, bytes, length);
        break;
    default:
        return rttm_result(rt_mtd_nor_erase_block(flash, offset, length));
    }
    return count == (rt_base_t)length ? RTTM_OK : count < 0 ? rttm_result((rt_err_t)count) : RTTM_ERROR_IO;
}

int32_t rttm_flash_transfer(struct rttm_device *device, uint32_t operation, uint32_t position, void *bytes,
                            uint32_t length)
{
    struct rt_mtd_nor_device *flash = (struct rt_mtd_nor_device *)rttm_device_kernel(device);
    struct rttm_geometry      geometry;
    struct rttm_cancel_scope  scope;
    int32_t                   result = rttm_flash_geometry(device, &geometry);

    if (result != RTTM_OK)
        return result;
    if (length == 0)
        return RTTM_OK;
    if (position > geometry.sectors * geometry.sector_bytes ||
        length > geometry.sectors * geometry.sector_bytes - position || operation > RTTM_FLASH_ERASE)
        return RTTM_ERROR_INVALID;
    if (operation == RTTM_FLASH_ERASE && (position % geometry.erase_bytes != 0 || length % geometry.erase_bytes != 0))
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    position += flash->block_start * flash->block_size;
    result = flash_transfer(flash, operation, (rt_off_t)position, bytes, length);
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_flash_transfer)

#endif /* RTT_MOD_USING_FLASH */
