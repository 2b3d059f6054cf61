/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "pl011.h"

struct registers
{
    volatile rt_uint32_t data;
    volatile rt_uint32_t receive_status;
    volatile rt_uint32_t reserved[4];
    volatile rt_uint32_t flags;
    volatile rt_uint32_t reserved2;
    volatile rt_uint32_t low_power;
    volatile rt_uint32_t baud_divider;  /* whole */
    volatile rt_uint32_t baud_fraction; /* of 64 */
    volatile rt_uint32_t line_control;
    volatile rt_uint32_t control;
    volatile rt_uint32_t fifo_levels;
    volatile rt_uint32_t interrupt_mask; /* 1: enabled */
    volatile rt_uint32_t raw_interrupts;
    volatile rt_uint32_t interrupts;
    volatile rt_uint32_t clear; /* writing a bit clears the interrupt */
};

#define FLAG_RX_EMPTY         (1u << 4)
#define FLAG_TX_FULL          (1u << 5)
#define LINE_FIFOS            (1u << 4)
#define LINE_8_BITS           (3u << 5)
#define CONTROL_UART          (1u << 0)
#define CONTROL_TX            (1u << 8)
#define CONTROL_RX            (1u << 9)
#define INTERRUPT_RX          (1u << 4)
#define INTERRUPT_RX_TIMEOUT  (1u << 6)
#define INTERRUPTS_OF_RECEIVE (INTERRUPT_RX | INTERRUPT_RX_TIMEOUT)

static struct registers *registers_of(struct rt_serial_device *serial)
{
    return (struct registers *)uart_of(serial)->address;
}

static rt_err_t configure(struct rt_serial_device *serial, struct serial_configure *config)
{
    struct registers *registers = registers_of(serial);
    rt_uint32_t       sixty_fourths = uart_of(serial)->clock_hz * 4u / config->baud_rate; /* of 16 samples a bit */

    if (!uart_is_8n1(config))
        return -RT_ENOSYS;

    registers->control = 0;
    /* Empties the FIFOs: a byte that was received before a reset and not read would keep QEMU's interrupt from coming. */
    registers->line_control = 0;
    registers->baud_divider = sixty_fourths / 64u;
    registers->baud_fraction = sixty_fourths % 64u;
    registers->line_control = LINE_8_BITS | LINE_FIFOS;
    registers->control = CONTROL_UART | CONTROL_TX | CONTROL_RX;
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
        registers->interrupt_mask |= INTERRUPTS_OF_RECEIVE;
        return RT_EOK;
    case RT_DEVICE_CTRL_CLR_INT:
        registers->interrupt_mask &= ~INTERRUPTS_OF_RECEIVE;
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static int put(struct rt_serial_device *serial, char character)
{
    struct registers *registers = registers_of(serial);

    while (registers->flags & FLAG_TX_FULL)
        ;
    registers->data = (rt_uint8_t)character;
    return 1;
}

static int get(struct rt_serial_device *serial)
{
    struct registers *registers = registers_of(serial);

    return registers->flags & FLAG_RX_EMPTY ? -1 : (int)(registers->data & 0xFFu);
}

static const struct rt_uart_ops operations = {
    .configure = configure,
    .control = control,
    .putc = put,
    .getc = get,
};

rt_err_t pl011_register(struct uart *uart, const char *name, rt_ubase_t address, rt_uint32_t clock_hz)
{
    /* QEMU 7 does not reset the PL011 with the board, and a boot loader may have used it: a byte that comes before the
     * device is open has no buffer. */
    ((struct registers *)address)->interrupt_mask = 0;
    return uart_register(uart, &operations, name, address, clock_hz);
}

void pl011_interrupt(struct uart *uart)
{
    /* Before the data is read: what arrives after that must raise its own interrupt. */
    ((struct registers *)uart->address)->clear = INTERRUPTS_OF_RECEIVE;
    uart_receive(uart);
}
