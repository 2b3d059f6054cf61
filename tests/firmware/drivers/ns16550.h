/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * National Semiconductor's 16550 UART, under RT-Thread's serial framework.
 */
#ifndef NS16550_H
#define NS16550_H

#include "uart.h"

/* Registers the UART at `address`, fed by a clock of `clock_hz`, as the serial device `name`. */
rt_err_t ns16550_register(struct uart *uart, const char *name, rt_ubase_t address, rt_uint32_t clock_hz);

/* To be called from the UART's interrupt. */
void ns16550_interrupt(struct uart *uart);

#endif /* NS16550_H */
