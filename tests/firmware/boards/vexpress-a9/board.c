/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Brings the board up: memory map, heap, interrupts, tick, console, card.
 */
#include <rthw.h>
#include <rtthread.h>
#include <rtdevice.h>
#include <interrupt.h>

#include "board.h"
#include "pl011.h"
#include "pl181.h"
#include "sp804.h"

#define SD_ADDRESS    0x10005000u
#define UART0_ADDRESS 0x10009000u
#define TIMER_ADDRESS 0x10011000u

#define TIMER_IRQ 34
#define UART0_IRQ 37

#define TIMER_CLOCK_HZ 1000000u
#define UART_CLOCK_HZ  24000000u
#define SD_CLOCK_HZ    24000000u

#define CARD_LIMIT_TICKS (2 * RT_TICK_PER_SECOND)

static rt_uint8_t heap[BOARD_HEAP_BYTES] __attribute__((aligned(8)));

static struct uart  console;
static struct pl181 sd;
static struct sp804 tick;

/* For RT-Thread's start-up code, which turns the MMU on. Everything is where it is without. */
struct mem_desc platform_mem_desc[] = {
    {0x10000000u, 0x1FFFFFFFu, 0x10000000u, DEVICE_MEM},
    {0x60000000u, 0x67FFFFFFu, 0x60000000u, NORMAL_MEM},
};
const rt_uint32_t platform_mem_desc_size = sizeof platform_mem_desc / sizeof platform_mem_desc[0];

static void tick_interrupt(int vector, void *timer)
{
    (void)vector;
    sp804_interrupt(timer);
    rt_tick_increase();
}

static void console_interrupt(int vector, void *uart)
{
    (void)vector;
    pl011_interrupt(uart);
}

static void start_tick(void)
{
    rt_hw_interrupt_install(TIMER_IRQ, tick_interrupt, &tick, "tick");
    rt_hw_interrupt_umask(TIMER_IRQ);
    sp804_start(&tick, TIMER_ADDRESS, TIMER_CLOCK_HZ / RT_TICK_PER_SECOND);
}

static void start_console(void)
{
    pl011_register(&console, RT_CONSOLE_DEVICE_NAME, UART0_ADDRESS, UART_CLOCK_HZ);
    rt_hw_interrupt_install(UART0_IRQ, console_interrupt, &console, RT_CONSOLE_DEVICE_NAME);
    rt_hw_interrupt_umask(UART0_IRQ);
    rt_console_set_device(RT_CONSOLE_DEVICE_NAME);
}

void rt_hw_board_init(void)
{
    rt_hw_interrupt_init();
    rt_system_heap_init(heap, heap + sizeof(heap));
    start_tick();
    start_console();
    rt_components_board_init();
}

/* RT-Thread looks for the card in a thread of its own, and registers it as `sd0`: before anything is mounted. */
static int find_card(void)
{
    struct rt_mmcsd_host *host = pl181_start(&sd, SD_ADDRESS, SD_CLOCK_HZ);

    if (host == RT_NULL)
        return -RT_ENOMEM;
    mmcsd_change(host);
    return mmcsd_wait_cd_changed(CARD_LIMIT_TICKS) == MMCSD_HOST_PLUGED ? RT_EOK : -RT_ERROR;
}
INIT_DEVICE_EXPORT(find_card);
