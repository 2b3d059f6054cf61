/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "ns16550.h"

struct registers
{
    volatile rt_uint8_t data;       /* divider, low half, with LINE_DIVIDER */
    volatile rt_uint8_t interrupts; /* 1: enabled; divider, high half, with LINE_DIVIDER */
    volatile rt_uint8_t fifo;
    volatile rt_uint8_t line;
    volatile rt_uint8_t modem;
    volatile rt_uint8_t status;
};

#define INTERRUPT_RX    0x01u
#define FIFO_ON         0x01u
#define LINE_8_BITS     0x03u
#define LINE_DIVIDER    0x80u
#define STATUS_RX       0x01u
#define STATUS_TX_EMPTY 0x20u

#define SAMPLES_PER_BIT 16u

static struct registers *registers_of(struct rt_serial_device *serial)
{
    return (struct registers *)uart_of(serial)->address;
}

static rt_err_t configure(struct rt_serial_device *serial, struct serial_configure *config)
{
    struct registers *registers = registers_of(serial);
    rt_uint32_t       divider = uart_of(serial)->clock_hz / (SAMPLES_PER_BIT * config->baud_rate);

    if (!uart_is_8n1(config))
        return -RT_ENOSYS;

    registers->line = LINE_DIVIDER;
    registers->data = (rt_uint8_t)divider;
    registers->interrupts = (rt_uint8_t)(divider >> 8);
    registers->line = LINE_8_BITS;
    registers->interrupts = 0;
    registers->fifo = FIFO_ON;
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
        registers->interrupts |= INTERRUPT_RX;
        return RT_EOK;
    case RT_DEVICE_CTRL_CLR_INT:
        registers->interrupts &= (rt_uint8_t)~INTERRUPT_RX;
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static int put(struct rt_serial_device *serial, char character)
{
    struct registers *registers = registers_of(serial);

    while (!(registers->status & STATUS_TX_EMPTY))
        ;
    registers->data = (rt_uint8_t)character;
    return 1;
}

static int get(struct rt_serial_device *serial)
{
    struct registers *registers = registers_of(serial);

    return registers->status & STATUS_RX ? (int)registers->data : -1;
}

static const struct rt_uart_ops operations = {
    .configure = configure,
    .control = control,
    .putc = put,
    .getc = get,
};

rt_err_t ns16550_register(struct uart *uart, const char *name, rt_ubase_t address, rt_uint32_t clock_hz)
{
    return uart_register(uart, &operations, name, address, clock_hz);
}

void ns16550_interrupt(struct uart *uart)
{
    uart_receive(uart);
}
