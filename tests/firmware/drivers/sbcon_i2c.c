/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "sbcon_i2c.h"

struct registers
{
    volatile rt_uint32_t set; /* reads as the lines are */
    volatile rt_uint32_t clear;
};

#define SCL (1u << 0)
#define SDA (1u << 1)

#define LINE_MICROSECONDS 5u /* 100 kHz */

/* Roughly: a turn takes a few cycles, and at no board's clock less than a microsecond's share. */
#define TURNS_PER_MICROSECOND 10u

static void drive(void *controller, rt_uint32_t line, rt_int32_t level)
{
    struct registers *registers = (struct registers *)((struct sbcon_i2c *)controller)->address;

    if (level != 0)
        registers->set = line;
    else
        registers->clear = line;
}

static rt_int32_t level_of(void *controller, rt_uint32_t line)
{
    struct registers *registers = (struct registers *)((struct sbcon_i2c *)controller)->address;

    return (registers->set & line) != 0;
}

static void set_sda(void *controller, rt_int32_t level)
{
    drive(controller, SDA, level);
}

static void set_scl(void *controller, rt_int32_t level)
{
    drive(controller, SCL, level);
}

static rt_int32_t get_sda(void *controller)
{
    return level_of(controller, SDA);
}

static rt_int32_t get_scl(void *controller)
{
    return level_of(controller, SCL);
}

static void wait_microseconds(rt_uint32_t microseconds)
{
    volatile rt_uint32_t turns = microseconds * TURNS_PER_MICROSECOND;

    while (turns > 0)
        turns--;
}

rt_err_t sbcon_i2c_register(struct sbcon_i2c *controller, const char *name, rt_uint32_t address)
{
    const struct rt_i2c_bit_ops lines = {
        .data = controller,
        .set_sda = set_sda,
        .set_scl = set_scl,
        .get_sda = get_sda,
        .get_scl = get_scl,
        .udelay = wait_microseconds,
        .delay_us = LINE_MICROSECONDS,
        .timeout = RT_TICK_PER_SECOND / 10,
    };

    controller->address = address;
    controller->lines = lines;
    controller->bus.priv = &controller->lines;
    drive(controller, SDA | SCL, 1);
    return rt_i2c_bit_add_bus(&controller->bus, name);
}
