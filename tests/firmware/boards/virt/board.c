/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt: brings the board up: heap, tick, console, card.
 */
#include <rthw.h>
#include <rtthread.h>
#include <riscv-ops.h>
#include <riscv-plic.h>

#include "board.h"
#include "clint.h"
#include "ns16550.h"
#include "ram_disk.h"

#define MIE_TIMER    (1u << 7)
#define MIE_EXTERNAL (1u << 11)

/* Above the threshold, which is 0. */
#define LOWEST_PRIORITY 1

static rt_uint8_t heap[BOARD_HEAP_BYTES] __attribute__((aligned(8)));

static struct clint    tick;
static struct uart     console;
static struct ram_disk card;

static void start_tick(void)
{
    clint_start(&tick, BOARD_CLINT_ADDRESS, BOARD_TIMER_CLOCK_HZ / RT_TICK_PER_SECOND);
    set_csr(mie, MIE_TIMER);
}

static void start_console(void)
{
    ns16550_register(&console, RT_CONSOLE_DEVICE_NAME, BOARD_UART0_ADDRESS, BOARD_UART0_CLOCK_HZ);
    __plic_set_threshold(0);
    __plic_set_priority(BOARD_UART0_IRQ, LOWEST_PRIORITY);
    __plic_irq_enable(BOARD_UART0_IRQ);
    set_csr(mie, MIE_EXTERNAL);
    rt_console_set_device(RT_CONSOLE_DEVICE_NAME);
}

void rt_hw_board_init(void)
{
    rt_system_heap_init(heap, heap + sizeof(heap));
    start_tick();
    start_console();
    rt_components_board_init();
}

static int register_card(void)
{
    return (int)ram_disk_register(&card, "sd0", (void *)BOARD_CARD_ADDRESS, BOARD_CARD_BYTES);
}
INIT_DEVICE_EXPORT(register_card);

void board_tick_interrupt(void)
{
    clint_interrupt(&tick);
    rt_tick_increase();
}

void board_console_interrupt(void)
{
    ns16550_interrupt(&console);
}
