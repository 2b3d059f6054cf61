/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Brings the board up: heap, tick, console, card.
 */
#include <rthw.h>
#include <rtthread.h>

#include "board.h"
#include "cmsdk_uart.h"
#include "ram_disk.h"

#define NVIC_ENABLE ((volatile rt_uint32_t *)0xE000E100u) /* a bit for each interrupt */

#define SYSTICK_CONTROL (*(volatile rt_uint32_t *)0xE000E010u)
#define SYSTICK_RELOAD  (*(volatile rt_uint32_t *)0xE000E014u)
#define SYSTICK_VALUE   (*(volatile rt_uint32_t *)0xE000E018u)
#define SYSTICK_RUN     0x7u /* enabled, with interrupt, from the core's clock */

static rt_uint8_t heap[BOARD_HEAP_BYTES] __attribute__((aligned(8)));

static struct uart     console;
static struct ram_disk card;

static void start_tick(void)
{
    SYSTICK_RELOAD = BOARD_CLOCK_HZ / RT_TICK_PER_SECOND - 1;
    SYSTICK_VALUE = 0;
    SYSTICK_CONTROL = SYSTICK_RUN;
}

static void start_console(void)
{
    cmsdk_uart_register(&console, RT_CONSOLE_DEVICE_NAME, BOARD_UART0_ADDRESS, BOARD_CLOCK_HZ);
    NVIC_ENABLE[BOARD_UART0_RX_IRQ / 32] = 1u << BOARD_UART0_RX_IRQ % 32;
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
    return ram_disk_register(&card, "sd0", (void *)BOARD_CARD_ADDRESS, BOARD_CARD_BYTES);
}
INIT_DEVICE_EXPORT(register_card);

void board_tick_interrupt(void)
{
    rt_interrupt_enter();
    rt_tick_increase();
    rt_interrupt_leave();
}

void board_console_interrupt(void)
{
    rt_interrupt_enter();
    cmsdk_uart_interrupt(&console);
    rt_interrupt_leave();
}
