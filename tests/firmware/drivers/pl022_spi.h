/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Arm's PL022 as the master of an SPI bus, under RT-Thread's SPI framework. It selects its one chip by itself.
 */
#ifndef PL022_SPI_H
#define PL022_SPI_H

#include <rtthread.h>
#include <rtdevice.h>

struct pl022_spi
{
    struct rt_spi_bus bus;
    rt_uint32_t       address;
    rt_uint32_t       clock_hz;
};

/* Registers the controller at `address`, fed by a clock of `clock_hz`, as the SPI bus `name`. */
rt_err_t pl022_spi_register(struct pl022_spi *controller, const char *name, rt_uint32_t address, rt_uint32_t clock_hz);

#endif /* PL022_SPI_H */
