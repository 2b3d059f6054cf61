/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "cmsdk_uart.h"

struct registers
{
    volatile rt_uint32_t data;
    volatile rt_uint32_t state;
    volatile rt_uint32_t control;
    volatile rt_uint32_t interrupt; /* writing a bit clears it */
    volatile rt_uint32_t baud_divider;
};

#define STATE_TX_FULL     (1u << 0)
#define STATE_RX_FULL     (1u << 1)
#define CONTROL_TX        (1u << 0)
#define CONTROL_RX        (1u << 1)
#define CONTROL_RX_NOTIFY (1u << 3)
#define INTERRUPT_RX      (1u << 1)
#define BAUD_DIVIDER_MIN  16u

static struct registers *registers_of(struct rt_serial_device *serial)
{
    return (struct registers *)uart_of(serial)->address;
}

static rt_err_t configure(struct rt_serial_device *serial, struct serial_configure *config)
{
    struct registers *registers = registers_of(serial);
    rt_uint32_t       divider = uart_of(serial)->clock_hz / config->baud_rate;

    if (!uart_is_8n1(config))
        return -RT_ENOSYS;
    if (divider < BAUD_DIVIDER_MIN)
        return -RT_EINVAL;

    registers->baud_divider = divider;
    registers->control |= CONTROL_TX | CONTROL_RX;
    return RT_EOK;
}

static rt_err_t control(struct rt_serial_device *serial, int command, void *argument)
{
    struct registers *registers = registers_of(serial);

    (void)argument;
    switch (command)
    {
    case RT_DEVICE_CTRL_SET_INT:
    case RT_DEVICE_CTRL_CONFIG: /* of the second serial framework */
        registers->control |= CONTROL_RX_NOTIFY;
        (void)registers->data; /* what came before has raised no interrupt, and keeps all others from coming */
        return RT_EOK;
    case RT_DEVICE_CTRL_CLR_INT:
        registers->control &= ~CONTROL_RX_NOTIFY;
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static int put(struct rt_serial_device *serial, char character)
{
    struct registers *registers = registers_of(serial);

    while (registers->state & STATE_TX_FULL)
        ;
    registers->data = (rt_uint8_t)character;
    return 1;
}

static int get(struct rt_serial_device *serial)
{
    struct registers *registers = registers_of(serial);

    return registers->state & STATE_RX_FULL ? (int)(registers->data & 0xFFu) : -1;
}

static const struct rt_uart_ops operations = {
    .configure = configure,
    .control = control,
    .putc = put,
    .getc = get,
};

rt_err_t cmsdk_uart_register(struct uart *uart, const char *name, rt_ubase_t address, rt_uint32_t clock_hz)
{
    return uart_register(uart, &operations, name, address, clock_hz);
}

void cmsdk_uart_interrupt(struct uart *uart)
{
    /* Before the data is read: the next byte may arrive as soon as that is done, and must raise its own interrupt. */
    ((struct registers *)uart->address)->interrupt = INTERRUPT_RX;
    uart_receive(uart);
}
