/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps interrupts out for a few instructions of a module, and knows where nothing may wait. */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "interrupt.h"
#include "rtt_mod.h"

/* No time that a module waits is as long: see RTTM_FOREVER. */
#define NO_TIME (RTTM_FOREVER - 1)

static rt_uint32_t   special_calls;
volatile rt_uint32_t rttm_forever = RTTM_FOREVER;

void rttm_special_call_begin(void)
{
    special_calls++;
    rttm_forever = NO_TIME;
}

void rttm_special_call_end(void)
{
    if (--special_calls == 0)
        rttm_forever = RTTM_FOREVER;
}

#ifdef RTT_MOD_USING_INTERRUPT

/* Both are changed with interrupts off: nobody else is here then, on any core. */
static rt_uint32_t nesting;
static rt_base_t   level_outside; /* 0 outside: on a Cortex-A, the search for pointers may take a level for one */

#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'

/* A switch of threads waits until interrupts are on again. */
static void interrupt_lock_scheduler(void)
{
}

static void interrupt_unlock_scheduler(void)
{
}

#else

/* The kernel switches at once, to a thread that has interrupts on: so the scheduler is locked as well. */
static void interrupt_lock_scheduler(void)
{
    if (rt_interrupt_get_nest() == 0)
        rt_enter_critical();
}

/* With interrupts as they were, since the switch that was held back happens here. */
static void interrupt_unlock_scheduler(void)
{
    if (rt_interrupt_get_nest() == 0)
        rt_exit_critical();
}

#endif

uintptr_t rttm_interrupt_disable(void)
{
    rt_base_t level = rt_hw_interrupt_disable();

    if (nesting++ == 0)
    {
        level_outside = level;
        rttm_special_call_begin();
        interrupt_lock_scheduler();
    }
    return (uintptr_t)level;
}
RTM_EXPORT(rttm_interrupt_disable)

void rttm_interrupt_restore(uintptr_t level)
{
    if (--nesting > 0)
    {
        rt_hw_interrupt_enable((rt_base_t)level);
        return;
    }
    level_outside = 0;
    rttm_special_call_end();
    rt_hw_interrupt_enable((rt_base_t)level);
    interrupt_unlock_scheduler();
}
RTM_EXPORT(rttm_interrupt_restore)

rt_uint32_t rttm_interrupt_sections(void)
{
    return nesting;
}

void rttm_interrupt_leave(rt_uint32_t outer)
{
    rt_base_t level = level_outside;

    if (nesting == outer)
        return;
    nesting = outer;
    if (outer != 0)
        return;
    level_outside = 0;
    rttm_special_call_end();
    rt_hw_interrupt_enable(level);
    interrupt_unlock_scheduler();
}

#endif /* RTT_MOD_USING_INTERRUPT */
