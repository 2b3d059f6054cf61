/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What modules find on the board: a second serial port, and the I2C bus that the display is connected to.
 */
#include <rtthread.h>
#include <rtdevice.h>
#include <interrupt.h>

#include "pl011.h"
#include "sbcon_i2c.h"

#define UART1_ADDRESS 0x1000A000u
#define I2C_ADDRESS   0x10016000u

#define UART1_IRQ 38

#define UART_CLOCK_HZ 24000000u

static struct uart      uart1;
static struct sbcon_i2c i2c;

static void uart1_interrupt(int vector, void *uart)
{
    (void)vector;
    pl011_interrupt(uart);
}

static int register_peripherals(void)
{
    pl011_register(&uart1, "uart1", UART1_ADDRESS, UART_CLOCK_HZ);
    rt_hw_interrupt_install(UART1_IRQ, uart1_interrupt, &uart1, "uart1");
    rt_hw_interrupt_umask(UART1_IRQ);
    return (int)sbcon_i2c_register(&i2c, "i2c1", I2C_ADDRESS);
}
INIT_DEVICE_EXPORT(register_peripherals);
