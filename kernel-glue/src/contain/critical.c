/* SPDX-License-Identifier: Apache-2.0 */
/* Short sections in which no other thread of the module runs. */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../port/compat.h"
#include "contained.h"
#include "critical.h"
#include "rtt_mod.h"

/* The interrupted thread may be in such a section itself, such as one of the allocator. */
static void refuse_in_interrupt(void)
{
    rt_kprintf("heap or lazy initialization used in an interrupt, where other threads can't be kept out\n");
    rttm_exit_for(RTTM_EXIT_PANIC, RTTM_CAUSE_PANIC);
}

void rttm_critical_enter(void)
{
    if (rt_interrupt_get_nest() != 0)
        refuse_in_interrupt();
    rt_enter_critical();
}

void rttm_critical_exit(void)
{
    rt_exit_critical();
}

void rttm_critical_leave(rt_uint16_t level)
{
    while (rt_critical_level() > level)
        rt_exit_critical();
}

RTM_EXPORT(rttm_critical_enter)
RTM_EXPORT(rttm_critical_exit)
