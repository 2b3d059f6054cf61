/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>
#include <rthw.h>

#include "shelter.h"

/* The shelters of all threads; the newest first. Changed with interrupts off. */
static struct rttm_shelter *shelters;

void rttm_shelter_enter(struct rttm_shelter *shelter)
{
    rt_base_t level;

    shelter->is_awaited = RT_FALSE;
    shelter->thread = rt_interrupt_get_nest() == 0 ? rt_thread_self() : RT_NULL;
    if (shelter->thread == RT_NULL)
        return;
    level = rt_hw_interrupt_disable();
    shelter->outer = shelters;
    shelters = shelter;
    rt_hw_interrupt_enable(level);
}

struct rttm_shelter *rttm_shelter_of(rt_thread_t thread)
{
    struct rttm_shelter *shelter;
    rt_base_t            level = rt_hw_interrupt_disable();

    for (shelter = shelters; shelter != RT_NULL && shelter->thread != thread; shelter = shelter->outer)
        ;
    rt_hw_interrupt_enable(level);
    return shelter;
}

rt_bool_t rttm_is_sheltered(rt_thread_t thread)
{
    return rttm_shelter_of(thread) != RT_NULL;
}

/* Waits to be stopped, unless the thread can't wait where it is. */
static void be_stopped(rt_thread_t self)
{
    if (rt_critical_level() != 0)
        return;
    while (!rttm_is_sheltered(self))
        rt_thread_delay(RT_TICK_PER_SECOND);
}

void rttm_shelter_leave(struct rttm_shelter *shelter)
{
    struct rttm_shelter **link = &shelters;
    rt_bool_t             is_awaited = RT_FALSE;
    rt_base_t             level = rt_hw_interrupt_disable();

    while (*link != RT_NULL && *link != shelter)
        link = &(*link)->outer;
    if (*link != RT_NULL)
    {
        *link = shelter->outer;
        is_awaited = shelter->is_awaited;
    }
    rt_hw_interrupt_enable(level);
    if (is_awaited)
        be_stopped(rt_thread_self());
}

void rttm_shelter_forget(rt_thread_t thread, const struct rttm_shelter *outer)
{
    struct rttm_shelter **link = &shelters;
    rt_base_t             level = rt_hw_interrupt_disable();

    while (*link != outer)
    {
        if ((*link)->thread == thread)
            *link = (*link)->outer;
        else
            link = &(*link)->outer;
    }
    rt_hw_interrupt_enable(level);
}

rt_bool_t rttm_shelter_await(rt_thread_t thread)
{
    struct rttm_shelter *shelter;
    rt_bool_t            is_in_none = RT_TRUE;
    rt_base_t            level = rt_hw_interrupt_disable();

    for (shelter = shelters; shelter != RT_NULL; shelter = shelter->outer)
    {
        if (shelter->thread != thread)
            continue;
        shelter->is_awaited = RT_TRUE;
        is_in_none = RT_FALSE;
    }
    rt_hw_interrupt_enable(level);
    return is_in_none;
}
