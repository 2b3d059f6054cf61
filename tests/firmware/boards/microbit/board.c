/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * microbit: brings the board up: heap, tick, console. The tick is the core's, which the nRF51 itself lacks and QEMU has.
 */
#include <rthw.h>
#include <rtthread.h>

#include "board.h"
#include "nrf51_uart.h"

#define NVIC_ENABLE (*(volatile rt_uint32_t *)0xE000E100u) /* a bit for each interrupt */

#define SYSTICK_CONTROL (*(volatile rt_uint32_t *)0xE000E010u)
#define SYSTICK_RELOAD  (*(volatile rt_uint32_t *)0xE000E014u)
#define SYSTICK_VALUE   (*(volatile rt_uint32_t *)0xE000E018u)
#define SYSTICK_RUN     0x7u /* enabled, with interrupt, from the core's clock */

static rt_uint8_t heap[BOARD_HEAP_BYTES] __attribute__((aligned(8)));

static struct uart console;

static void start_tick(void)
{
    SYSTICK_RELOAD = BOARD_CLOCK_HZ / RT_TICK_PER_SECOND - 1;
    SYSTICK_VALUE = 0;
    SYSTICK_CONTROL = SYSTICK_RUN;
}

static void start_console(void)
{
    nrf51_uart_register(&console, RT_CONSOLE_DEVICE_NAME, BOARD_UART0_ADDRESS);
    NVIC_ENABLE = 1u << BOARD_UART0_RX_IRQ;
    rt_console_set_device(RT_CONSOLE_DEVICE_NAME);
}

void rt_hw_board_init(void)
{
    rt_system_heap_init(heap, heap + sizeof(heap));
    start_tick();
    start_console();
    rt_components_board_init();
}

void board_tick_interrupt(void)
{
    rt_interrupt_enter();
    rt_tick_increase();
    rt_interrupt_leave();
}

void board_console_interrupt(void)
{
    rt_interrupt_enter();
    uart_receive(&console);
    rt_interrupt_leave();
}
