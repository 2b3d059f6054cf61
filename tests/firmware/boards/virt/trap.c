/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt: what RT-Thread's trap_entry calls for each interrupt and each exception.
 */
#include <rthw.h>
#include <rtthread.h>
#include <riscv-ops.h>
#include <riscv-plic.h>

#include "board.h"

#define CAUSE_INTERRUPT (1UL << (__riscv_xlen - 1))
#define CAUSE_TIMER     (CAUSE_INTERRUPT | 7)
#define CAUSE_EXTERNAL  (CAUSE_INTERRUPT | 11)

rt_ubase_t handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame);

static void external_interrupt(void)
{
    unsigned int source = __plic_irq_claim();

    if (source == BOARD_UART0_IRQ)
        board_console_interrupt();
    if (source != 0)
        __plic_irq_complete(source);
}

static void unexpected_trap(rt_ubase_t cause, rt_ubase_t pc, const rt_ubase_t *frame)
{
    rt_kprintf("unexpected trap: cause 0x%lx at 0x%08lx, value 0x%08lx, called from 0x%08lx\n", cause, pc,
               read_csr(mtval), frame[1]);
    if (rt_thread_self() != RT_NULL)
        rt_kprintf("thread: %.*s\n", RT_NAME_MAX, ((rt_object_t)rt_thread_self())->name);
    while (1)
        ;
}

rt_ubase_t handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame)
{
    switch (cause)
    {
    case CAUSE_TIMER:
        board_tick_interrupt();
        break;
    case CAUSE_EXTERNAL:
        external_interrupt();
        break;
    default:
        unexpected_trap(cause, pc, frame);
    }
    return pc;
}
