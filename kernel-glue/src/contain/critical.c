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

#ifdef RTTM_CRITICAL_IS_OF_ONE_CORE

static struct rt_spinlock module_lock;
static rt_thread_t        holder; /* of the lock, or RT_NULL */

/* RT_SPINLOCK_INIT leaves out a member that the lock has in some configurations. */
static int make_lock(void)
{
    rt_spin_lock_init(&module_lock);
    return 0;
}
INIT_PREV_EXPORT(make_lock);

void rttm_critical_enter(void)
{
    if (rt_interrupt_get_nest() != 0)
        refuse_in_interrupt();
    rt_spin_lock(&module_lock);
    holder = rt_thread_self();
}

void rttm_critical_exit(void)
{
    holder = RT_NULL;
    rt_spin_unlock(&module_lock);
}

static rt_bool_t holds_lock(void)
{
    return holder == rt_thread_self();
}

#else

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

static rt_bool_t holds_lock(void)
{
    return RT_FALSE;
}

#endif

void rttm_critical_leave(rt_uint16_t level)
{
    if (holds_lock())
        rttm_critical_exit();
    while (rt_critical_level() > level)
        rt_exit_critical();
}

RTM_EXPORT(rttm_critical_enter)
RTM_EXPORT(rttm_critical_exit)
