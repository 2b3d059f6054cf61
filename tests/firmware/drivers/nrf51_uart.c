/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "nrf51_uart.h"

/* The offsets of the registers, from the reference manual of the nRF51. */
#define START_RX        0x000u
#define START_TX        0x008u
#define RECEIVED        0x108u
#define SENT            0x11Cu
#define INTERRUPT_SET   0x304u
#define INTERRUPT_CLEAR 0x308u
#define ENABLE          0x500u
#define RECEIVED_BYTE   0x518u
#define BYTE_TO_SEND    0x51Cu
#define BAUD_RATE       0x524u

#define ENABLE_UART      4u
#define INTERRUPT_RX     (1u << 2)
#define FACTOR_OF_115200 0x01D7E000u

static volatile rt_uint32_t *register_of(struct rt_serial_device *serial, rt_uint32_t offset)
{
    return (volatile rt_uint32_t *)(uart_of(serial)->address + offset);
}

static rt_err_t configure(struct rt_serial_device *serial, struct serial_configure *config)
{
    if (!uart_is_8n1(config) || config->baud_rate != BAUD_RATE_115200)
        return -RT_ENOSYS;
    *register_of(serial, BAUD_RATE) = FACTOR_OF_115200;
    *register_of(serial, ENABLE) = ENABLE_UART;
    *register_of(serial, START_RX) = 1;
    *register_of(serial, START_TX) = 1;
    return RT_EOK;
}

static rt_err_t control(struct rt_serial_device *serial, int command, void *argument)
{
    (void)argument;
    switch (command)
    {
    case RT_DEVICE_CTRL_SET_INT:
    case RT_DEVICE_CTRL_CONFIG: /* of the second serial framework */
        *register_of(serial, INTERRUPT_SET) = INTERRUPT_RX;
        return RT_EOK;
    case RT_DEVICE_CTRL_CLR_INT:
        *register_of(serial, INTERRUPT_CLEAR) = INTERRUPT_RX;
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static int put(struct rt_serial_device *serial, char character)
{
    *register_of(serial, SENT) = 0;
    *register_of(serial, BYTE_TO_SEND) = (rt_uint8_t)character;
    while (*register_of(serial, SENT) == 0)
        ;
    return 1;
}

static int get(struct rt_serial_device *serial)
{
    if (*register_of(serial, RECEIVED) == 0)
        return -1;
    /* Before the byte is read: if another one waits, reading raises the event again. */
    *register_of(serial, RECEIVED) = 0;
    return (int)(*register_of(serial, RECEIVED_BYTE) & 0xFFu);
}

static const struct rt_uart_ops operations = {
    .configure = configure,
    .control = control,
    .putc = put,
    .getc = get,
};

rt_err_t nrf51_uart_register(struct uart *uart, const char *name, rt_ubase_t address)
{
    return uart_register(uart, &operations, name, address, 0);
}
