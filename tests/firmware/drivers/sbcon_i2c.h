/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Arm's serial bus controller: the two lines of an I2C bus in a register, under RT-Thread's bit operations.
 */
#ifndef SBCON_I2C_H
#define SBCON_I2C_H

#include <rtthread.h>
#include <rtdevice.h>

struct sbcon_i2c
{
    struct rt_i2c_bus_device bus;
    struct rt_i2c_bit_ops    lines;
    rt_uint32_t              address;
};

/* Registers the controller at `address` as the I2C bus `name`. */
rt_err_t sbcon_i2c_register(struct sbcon_i2c *controller, const char *name, rt_uint32_t address);

#endif /* SBCON_I2C_H */
