/* SPDX-License-Identifier: Apache-2.0 */
/* The waits of threads for modules, and for calls on their threads. */
#include <rtthread.h>

#include "end.h"
#include "waiter.h"

/* Changed in critical sections. */
static struct rttm_waiter *waiters;

void rttm_waiter_begin(struct rttm_waiter *waiter)
{
    waiter->caller = rt_thread_self();
    rt_sem_init(&waiter->gone, "modrun", 0, RT_IPC_FLAG_FIFO);
    rt_enter_critical();
    waiter->next = waiters;
    waiters = waiter;
    rt_exit_critical();
}

void rttm_waiter_leave(struct rttm_waiter *waiter)
{
    struct rttm_waiter **link = &waiters;

    rt_enter_critical();
    while (*link != waiter)
        link = &(*link)->next;
    *link = waiter->next;
    rt_exit_critical();
    rt_sem_detach(&waiter->gone);
}

rt_bool_t rttm_waiter_wait(struct rttm_waiter *waiter, rt_int32_t ticks)
{
    return rt_sem_take(&waiter->gone, ticks) == RT_EOK || ticks == RT_WAITING_FOREVER;
}

rt_bool_t rttm_waiter_wait_for_ever(struct rttm_waiter *waiter)
{
    return rttm_waiter_wait(waiter, RT_WAITING_FOREVER);
}

void rttm_waiter_kill(struct rttm_waiter *waiter)
{
    rt_enter_critical();
    if (waiter->module != RT_NULL)
        rttm_end(waiter->module, RTTM_EXIT_KILLED, RTTM_CAUSE_KILL);
    rt_exit_critical();
}

void rttm_waiters_forget(rt_thread_t caller)
{
    struct rttm_waiter **link = &waiters;

    while (*link != RT_NULL)
    {
        if ((*link)->caller != caller)
        {
            link = &(*link)->next;
            continue;
        }
        rt_sem_detach(&(*link)->gone);
        *link = (*link)->next;
    }
}

void rttm_waiters_tell_end(const struct rttm_module *module)
{
    struct rttm_waiter *waiter;

    rt_enter_critical();
    for (waiter = waiters; waiter != RT_NULL; waiter = waiter->next)
    {
        if (waiter->module != module)
            continue;
        waiter->module = RT_NULL; /* another module may get its address */
        waiter->result = module->exit_code;
        rt_sem_release(&waiter->gone);
    }
    rt_exit_critical();
}

void rttm_waiters_tell_return(const struct rttm_call *call, rt_int32_t result)
{
    struct rttm_waiter *waiter;

    rt_enter_critical();
    for (waiter = waiters; waiter != RT_NULL; waiter = waiter->next)
    {
        if (waiter->call != call || waiter->module == RT_NULL)
            continue;
        waiter->result = result;
        rt_sem_release(&waiter->gone);
    }
    rt_exit_critical();
}
