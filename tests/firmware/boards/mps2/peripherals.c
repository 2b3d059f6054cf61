/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What modules find on the board: a second serial port, LEDs and buttons, an I2C bus, an SPI flash.
 */
#include <rthw.h>
#include <rtthread.h>
#include <rtdevice.h>

#include "board.h"
#include "cmsdk_uart.h"
#include "fpgaio_pin.h"
#include "pl022_spi.h"
#include "sbcon_i2c.h"

#define UART1_ADDRESS  0x40005000u
#define FPGAIO_ADDRESS 0x40028000u

/* Those of the second shield, to which QEMU connects what its command line adds. */
#define SHIELD_I2C_ADDRESS 0x4002A000u
#define SHIELD_SPI_ADDRESS 0x40027000u

#define NVIC_ENABLE (*(volatile rt_uint32_t *)0xE000E100u)

static struct uart          uart1;
static struct sbcon_i2c     i2c;
static struct pl022_spi     spi;
static struct rt_spi_device flash;

static int register_peripherals(void)
{
    cmsdk_uart_register(&uart1, "uart1", UART1_ADDRESS, BOARD_CLOCK_HZ);
    NVIC_ENABLE = 1u << BOARD_UART1_RX_IRQ;
    fpgaio_pin_register(FPGAIO_ADDRESS);
    sbcon_i2c_register(&i2c, "i2c1", SHIELD_I2C_ADDRESS);
    pl022_spi_register(&spi, "spi1", SHIELD_SPI_ADDRESS, BOARD_CLOCK_HZ);
    return (int)rt_spi_bus_attach_device(&flash, "spi10", "spi1", RT_NULL);
}
INIT_DEVICE_EXPORT(register_peripherals);

void board_uart1_interrupt(void)
{
    rt_interrupt_enter();
    cmsdk_uart_interrupt(&uart1);
    rt_interrupt_leave();
}
