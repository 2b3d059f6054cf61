/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "uart.h"

rt_bool_t uart_is_8n1(const struct serial_configure *config)
{
    return config->data_bits == DATA_BITS_8 && config->stop_bits == STOP_BITS_1 && config->parity == PARITY_NONE;
}

rt_err_t uart_register(struct uart *uart, const struct rt_uart_ops *operations, const char *name, rt_ubase_t address,
                       rt_uint32_t clock_hz)
{
    const struct serial_configure config = RT_SERIAL_CONFIG_DEFAULT;

    uart->address = address;
    uart->clock_hz = clock_hz;
    uart->serial.ops = operations;
    uart->serial.config = config;
    return rt_hw_serial_register(&uart->serial, name, RT_DEVICE_FLAG_RDWR | RT_DEVICE_FLAG_INT_RX, RT_NULL);
}
