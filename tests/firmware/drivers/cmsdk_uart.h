/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The UART of Arm's Cortex-M System Design Kit, under RT-Thread's serial framework.
 */
#ifndef CMSDK_UART_H
#define CMSDK_UART_H

#include "uart.h"

/* Registers the UART at `address`, fed by a clock of `clock_hz`, as the serial device `name`. */
rt_err_t cmsdk_uart_register(struct uart *uart, const char *name, rt_ubase_t address, rt_uint32_t clock_hz);

/* To be called from the UART's receive interrupt. */
void cmsdk_uart_interrupt(struct uart *uart);

#endif /* CMSDK_UART_H */
