/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps a module's threads out of each other's way for a few instructions. */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "rtt_mod.h"

#if defined(RT_USING_SMP) && defined(RT_SPINLOCK_INIT)

/* In 5.x rt_enter_critical holds back the calling core's scheduler only. 4.x, without this macro, stops all cores. */
static struct rt_spinlock module_lock = RT_SPINLOCK_INIT;

void rttm_critical_enter(void)
{
    rt_spin_lock(&module_lock);
}

void rttm_critical_exit(void)
{
    rt_spin_unlock(&module_lock);
}

#else

void rttm_critical_enter(void)
{
    rt_enter_critical();
}

void rttm_critical_exit(void)
{
    rt_exit_critical();
}

#endif

RTM_EXPORT(rttm_critical_enter)
RTM_EXPORT(rttm_critical_exit)
