/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt64-supervisor: brings the board up: heap, tick, console, card.
 */
#include <rthw.h>
#include <rtthread.h>
#include <interrupt.h>
#include <plic.h>
#include <tick.h>

#include "ns16550.h"
#include "ram_disk.h"

/* Of the port, without a declaration. */
void rt_hw_interrupt_umask(int vector);

/* From RT-Thread's components.c. */
int entry(void);

static rt_uint8_t heap[BOARD_HEAP_BYTES] __attribute__((aligned(8)));

static struct uart     console;
static struct ram_disk card;

/* The port's start-up code calls it. */
void primary_cpu_entry(void);

void primary_cpu_entry(void)
{
    rt_hw_interrupt_disable();
    entry();
}

static void console_interrupt(int vector, void *uart)
{
    (void)vector;
    ns16550_interrupt(uart);
}

static void start_console(void)
{
    ns16550_register(&console, RT_CONSOLE_DEVICE_NAME, BOARD_UART0_ADDRESS, BOARD_UART0_CLOCK_HZ);
    rt_hw_interrupt_install(BOARD_UART0_IRQ, console_interrupt, &console, RT_CONSOLE_DEVICE_NAME);
    rt_hw_interrupt_umask(BOARD_UART0_IRQ);
    rt_console_set_device(RT_CONSOLE_DEVICE_NAME);
}

void rt_hw_board_init(void)
{
    rt_system_heap_init(heap, heap + sizeof(heap));
    plic_init();
    rt_hw_interrupt_init();
    rt_hw_tick_init();
    start_console();
    rt_components_board_init();
}

static int register_card(void)
{
    return (int)ram_disk_register(&card, "sd0", (void *)BOARD_CARD_ADDRESS, BOARD_CARD_BYTES);
}
INIT_DEVICE_EXPORT(register_card);
