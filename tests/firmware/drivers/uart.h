/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the drivers of UARTs have in common, under RT-Thread's serial framework.
 */
#ifndef UART_H
#define UART_H

#include <rtthread.h>
#include <rtdevice.h>

/* A C library's stdio.h may have macros of these names; the operations of a driver are called so. */
#undef getc
#undef putc

struct uart
{
    struct rt_serial_device serial;
    rt_ubase_t              address;
    rt_uint32_t             clock_hz;
    struct rt_uart_ops      operations;
};

rt_inline struct uart *uart_of(struct rt_serial_device *serial)
{
    return rt_container_of(serial, struct uart, serial);
}

/* Whether that is 8 bits, no parity and 1 stop bit: all that the drivers know. */
rt_bool_t uart_is_8n1(const struct serial_configure *config);

/* Registers the UART at `address`, fed by a clock of `clock_hz`, as the serial device `name`. */
rt_err_t uart_register(struct uart *uart, const struct rt_uart_ops *operations, const char *name, rt_ubase_t address,
                       rt_uint32_t clock_hz);

/* Passes on what the UART has received, in its interrupt. */
void uart_receive(struct uart *uart);

#endif /* UART_H */
