/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated NOR flash: a write only clears bits, and an erase sets those of whole blocks. The first of its blocks is not for
 * programs.
 */
#include <rtthread.h>
#include <rtdevice.h>

#define BLOCK_BYTES 1024u
#define BLOCKS      5u

static struct rt_mtd_nor_device flash;
static rt_uint8_t               cells[BLOCKS * BLOCK_BYTES];

static rt_err_t read_id(struct rt_mtd_nor_device *device)
{
    (void)device;
    return 0x1234;
}

static rt_size_t read_cells(struct rt_mtd_nor_device *device, rt_off_t offset, rt_uint8_t *data, rt_uint32_t length)
{
    (void)device;
    rt_memcpy(data, &cells[offset], length);
    return length;
}

static rt_size_t write_cells(struct rt_mtd_nor_device *device, rt_off_t offset, const rt_uint8_t *data,
                             rt_uint32_t length)
{
    rt_uint32_t i;

    (void)device;
    for (i = 0; i < length; i++)
        cells[(rt_uint32_t)offset + i] &= data[i];
    return length;
}

static rt_err_t erase(struct rt_mtd_nor_device *device, rt_off_t offset, rt_uint32_t length)
{
    (void)device;
    rt_memset(&cells[offset], 0xFF, length);
    return RT_EOK;
}

static const struct rt_mtd_nor_driver_ops operations = {
    .read_id = read_id,
    .read = read_cells,
    .write = write_cells,
    .erase_block = erase,
};

static int register_flash(void)
{
    flash.block_size = BLOCK_BYTES;
    flash.block_start = 1;
    flash.block_end = BLOCKS;
    flash.ops = &operations;
    return (int)rt_mtd_nor_register_device("nor0", &flash);
}
INIT_DEVICE_EXPORT(register_flash);

static int sim_flash(void)
{
    rt_uint32_t i, used = 0;

    for (i = 0; i < BLOCK_BYTES; i++)
        used += cells[i] != 0;
    rt_kprintf("flash: %u bytes of the first block are used\n", (unsigned)used);
    return 0;
}
MSH_CMD_EXPORT(sim_flash, show what is in the first block of the simulated flash);
