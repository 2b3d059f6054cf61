/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "uart.h"

rt_bool_t uart_is_8n1(const struct serial_configure *config)
{
    return config->data_bits == DATA_BITS_8 && config->stop_bits == STOP_BITS_1 && config->parity == PARITY_NONE;
}

#ifdef RT_USING_SERIAL_V2

/* The second framework asks for this operation, and calls it for writes with a buffer only. */
static rt_ssize_t transmit(struct rt_serial_device *serial, rt_uint8_t *bytes, rt_size_t count, rt_uint32_t mode)
{
    rt_size_t i;

    (void)mode;
    for (i = 0; i < count; i++)
        serial->ops->putc(serial, (char)bytes[i]);
    return (rt_ssize_t)count;
}

#endif

rt_err_t uart_register(struct uart *uart, const struct rt_uart_ops *operations, const char *name, rt_ubase_t address,
                       rt_uint32_t clock_hz)
{
    struct serial_configure config = RT_SERIAL_CONFIG_DEFAULT;

    uart->operations = *operations;
#ifdef RT_USING_SERIAL_V2
    uart->operations.transmit = (void *)transmit; /* the type of its result is not the same in all versions */
    config.rx_bufsz = 1024;
    config.tx_bufsz = 0; /* writes wait for each byte, as with the first framework */
#endif
    uart->address = address;
    uart->clock_hz = clock_hz;
    uart->serial.ops = &uart->operations;
    uart->serial.config = config;
    return rt_hw_serial_register(&uart->serial, name, RT_DEVICE_FLAG_RDWR | RT_DEVICE_FLAG_INT_RX, RT_NULL);
}

#ifdef RT_USING_SERIAL_V2

/* The second framework only looks at its buffer, which the driver fills. */
void uart_receive(struct uart *uart)
{
    struct rt_serial_rx_fifo *received = uart->serial.serial_rx;
    int                       character;

    while ((character = uart->serial.ops->getc(&uart->serial)) >= 0)
    {
        if (received != RT_NULL)
            rt_ringbuffer_putchar(&received->rb, (rt_uint8_t)character);
    }
    if (received != RT_NULL)
        rt_hw_serial_isr(&uart->serial, RT_SERIAL_EVENT_RX_IND);
}

#else

void uart_receive(struct uart *uart)
{
    rt_hw_serial_isr(&uart->serial, RT_SERIAL_EVENT_RX_IND);
}

#endif
