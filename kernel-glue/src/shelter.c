/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>
#include <rthw.h>

#include "shelter.h"

/* The shelters of all threads; the newest first. Changed with interrupts off. */
static struct rttm_shelter *shelters;

void rttm_shelter_enter(struct rttm_shelter *shelter)
{
    rt_base_t level;

    shelter->thread = rt_interrupt_get_nest() == 0 ? rt_thread_self() : RT_NULL;
    if (shelter->thread == RT_NULL)
        return;
    level = rt_hw_interrupt_disable();
    shelter->outer = shelters;
    shelters = shelter;
    rt_hw_interrupt_enable(level);
}

void rttm_shelter_leave(struct rttm_shelter *shelter)
{
    struct rttm_shelter **link = &shelters;
    rt_base_t             level = rt_hw_interrupt_disable();

    while (*link != RT_NULL && *link != shelter)
        link = &(*link)->outer;
    if (*link != RT_NULL)
        *link = shelter->outer;
    rt_hw_interrupt_enable(level);
}

void rttm_shelter_forget(rt_thread_t thread)
{
    struct rttm_shelter **link = &shelters;
    rt_base_t             level = rt_hw_interrupt_disable();

    while (*link != RT_NULL)
    {
        if ((*link)->thread == thread)
            *link = (*link)->outer;
        else
            link = &(*link)->outer;
    }
    rt_hw_interrupt_enable(level);
}

rt_bool_t rttm_is_sheltered(rt_thread_t thread)
{
    const struct rttm_shelter *shelter;
    rt_base_t                  level = rt_hw_interrupt_disable();

    for (shelter = shelters; shelter != RT_NULL && shelter->thread != thread; shelter = shelter->outer)
        ;
    rt_hw_interrupt_enable(level);
    return shelter != RT_NULL;
}
