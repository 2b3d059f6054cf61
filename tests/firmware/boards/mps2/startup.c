/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * From reset to RT-Thread: the vector table and the C environment.
 */
#include <rtthread.h>

#include <board.h> /* that of the board, whose folder is not this one on a microbit */

typedef void (*vector)(void);

/* From RT-Thread's context_gcc.S and components.c. */
void HardFault_Handler(void);
void PendSV_Handler(void);
int  entry(void);

/* From the linker script. */
extern rt_uint32_t       __stack_end[];
extern rt_uint32_t       __data_start[], __data_end[], __bss_start[], __bss_end[];
extern const rt_uint32_t __data_image[];

#ifdef __ARM_PCS_VFP
#define COPROCESSOR_ACCESS   (*(volatile rt_uint32_t *)0xE000ED88u)
#define ACCESS_OF_ALL_TO_FPU (0xFu << 20)

/* Before the first function that keeps something in a floating-point register. */
static void enable_fpu(void)
{
    COPROCESSOR_ACCESS |= ACCESS_OF_ALL_TO_FPU;
    __asm volatile("dsb\n\tisb" ::: "memory");
}
#else
static void enable_fpu(void)
{
}
#endif

void reset(void)
{
    const rt_uint32_t *from = __data_image;

    enable_fpu();

    for (rt_uint32_t *to = __data_start; to < __data_end; to++)
        *to = *from++;
    for (rt_uint32_t *to = __bss_start; to < __bss_end; to++)
        *to = 0;

    entry();
}

static void unexpected_interrupt(void)
{
    rt_kprintf("unexpected interrupt\n");
    while (1)
        ;
}

#pragma GCC diagnostic ignored "-Woverride-init" /* what the first line of the table says of all */

/* MemManage, BusFault and UsageFault are never enabled: they all become a HardFault, which RT-Thread reports. */
__attribute__((section(".vectors"), used)) static const vector vectors[16 + 64] = {
    [0 ... 79] = unexpected_interrupt,
    [0] = (vector)__stack_end,
    [1] = reset,
    [3] = HardFault_Handler,
    [14] = PendSV_Handler,
    [15] = board_tick_interrupt,
    [16 + BOARD_UART0_RX_IRQ] = board_console_interrupt,
#ifdef BOARD_UART1_RX_IRQ
    [16 + BOARD_UART1_RX_IRQ] = board_uart1_interrupt,
#endif
#ifdef BOARD_NETWORK_IRQ
    [16 + BOARD_NETWORK_IRQ] = board_network_interrupt,
#endif
};
