/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated I2C bus with a thermometer of the type LM75, for boards on which QEMU has neither.
 */
#include <stdlib.h>

#include <rtthread.h>
#include <rtdevice.h>

#define ADDRESS 0x48u

/* It measures halves of a degree, in the upper nine bits of a register of sixteen. */
#define MILLIS_PER_HALF 500
#define BITS_PER_HALF   128

static struct rt_i2c_bus_device bus;
static rt_int32_t               halves;

/* The first register is the only one that is read. */
static void answer(rt_uint8_t *bytes, rt_uint16_t length)
{
    rt_uint16_t value = (rt_uint16_t)(halves * BITS_PER_HALF);
    rt_uint16_t i;

    for (i = 0; i < length; i++)
        bytes[i] = (rt_uint8_t)(i % 2 == 0 ? value >> 8 : value);
}

static rt_size_t transfer(struct rt_i2c_bus_device *unused, struct rt_i2c_msg messages[], rt_uint32_t count)
{
    rt_uint32_t i;

    (void)unused;
    for (i = 0; i < count && messages[i].addr == ADDRESS; i++)
    {
        if (messages[i].flags & RT_I2C_RD)
            answer(messages[i].buf, messages[i].len);
    }
    return i;
}

static const struct rt_i2c_bus_device_ops operations = {.master_xfer = transfer};

static int register_thermometer(void)
{
    bus.ops = &operations;
    return (int)rt_i2c_bus_device_register(&bus, "i2c1");
}
INIT_DEVICE_EXPORT(register_thermometer);

static int sim_lm75(int argc, char **argv)
{
    halves = argc > 1 ? atoi(argv[1]) / MILLIS_PER_HALF : 0;
    return 0;
}
MSH_CMD_EXPORT(sim_lm75, set the simulated thermometer to thousandths of a degree);
