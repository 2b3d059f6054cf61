/* SPDX-License-Identifier: Apache-2.0 */
/* Scopes in which threads can't be cancelled. */
#include <rtthread.h>
#include <rthw.h>

#include "cancel.h"
#include "contained.h"
#include "stack_demand.h"

/* The scopes of all threads; the newest first. Changed with interrupts off. */
static struct rttm_cancel_scope *scopes;

void rttm_cancel_disable(struct rttm_cancel_scope *scope)
{
    scope->is_requested = RT_FALSE;
    scope->thread = RT_NULL;
    if (rt_interrupt_get_nest() == 0)
        rttm_cancel_disable_in_thread(scope);
}

void rttm_cancel_disable_in_thread(struct rttm_cancel_scope *scope)
{
    rt_base_t level;

    scope->is_requested = RT_FALSE;
    scope->thread = rt_thread_self();
    rttm_stack_demand_least(scope->thread);
    level = rt_hw_interrupt_disable();
    scope->outer = scopes;
    scopes = scope;
    rt_hw_interrupt_enable(level);
}

struct rttm_cancel_scope *rttm_cancel_scope_of(rt_thread_t thread)
{
    struct rttm_cancel_scope *scope;
    rt_base_t                 level = rt_hw_interrupt_disable();

    for (scope = scopes; scope != RT_NULL && scope->thread != thread; scope = scope->outer)
        ;
    rt_hw_interrupt_enable(level);
    return scope;
}

rt_bool_t rttm_cancel_is_disabled(rt_thread_t thread)
{
    return rttm_cancel_scope_of(thread) != RT_NULL;
}

rt_bool_t rttm_cancel_leave(struct rttm_cancel_scope *scope)
{
    struct rttm_cancel_scope **link = &scopes;
    rt_bool_t                  is_requested = RT_FALSE;
    rt_base_t                  level = rt_hw_interrupt_disable();

    while (*link != RT_NULL && *link != scope)
        link = &(*link)->outer;
    if (*link != RT_NULL)
    {
        *link = scope->outer;
        is_requested = scope->is_requested;
    }
    rt_hw_interrupt_enable(level);
    return is_requested;
}

void rttm_cancel_enable(struct rttm_cancel_scope *scope)
{
    if (rttm_cancel_leave(scope))
        rttm_contained_come_out();
}

void rttm_cancel_forget(rt_thread_t thread, const struct rttm_cancel_scope *outer)
{
    struct rttm_cancel_scope **link = &scopes;
    rt_base_t                  level = rt_hw_interrupt_disable();

    while (*link != outer)
    {
        if ((*link)->thread == thread)
            *link = (*link)->outer;
        else
            link = &(*link)->outer;
    }
    rt_hw_interrupt_enable(level);
}

rt_bool_t rttm_cancel_request(rt_thread_t thread)
{
    struct rttm_cancel_scope *scope;
    rt_bool_t                 is_enabled = RT_TRUE;
    rt_base_t                 level = rt_hw_interrupt_disable();

    for (scope = scopes; scope != RT_NULL; scope = scope->outer)
    {
        if (scope->thread != thread)
            continue;
        scope->is_requested = RT_TRUE;
        is_enabled = RT_FALSE;
    }
    rt_hw_interrupt_enable(level);
    return is_enabled;
}
