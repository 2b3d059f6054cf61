/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Arm's PL011 UART, under RT-Thread's serial framework.
 */
#ifndef PL011_H
#define PL011_H

#include "uart.h"

/* Registers the UART at `address`, fed by a clock of `clock_hz`, as the serial device `name`. */
rt_err_t pl011_register(struct uart *uart, const char *name, rt_ubase_t address, rt_uint32_t clock_hz);

/* To be called from the UART's interrupt. */
void pl011_interrupt(struct uart *uart);

#endif /* PL011_H */
