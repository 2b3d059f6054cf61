/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The UART of Nordic's nRF51, under RT-Thread's serial framework.
 */
#ifndef NRF51_UART_H
#define NRF51_UART_H

#include "uart.h"

/* Registers the UART at `address` as the serial device `name`. Its interrupt calls uart_receive. */
rt_err_t nrf51_uart_register(struct uart *uart, const char *name, rt_ubase_t address);

#endif /* NRF51_UART_H */
