/* SPDX-License-Identifier: Apache-2.0 */
#include "visit.h"

#ifdef RTTM_HAS_CALLBACKS

#include <rtthread.h>
#include <rthw.h>

/* All visits, the newest first. Changed with interrupts off. */
static struct rttm_visit *visits;

void rttm_visit_begin(struct rttm_visit *visit, const void *place)
{
    rt_base_t level;

    visit->thread = rt_interrupt_get_nest() == 0 ? rt_thread_self() : RT_NULL;
    visit->place = place;
    level = rt_hw_interrupt_disable();
    visit->outer = visits;
    visits = visit;
    rt_hw_interrupt_enable(level);
}

void rttm_visit_end(struct rttm_visit *visit)
{
    struct rttm_visit **link = &visits;
    rt_base_t           level = rt_hw_interrupt_disable();

    while (*link != visit)
        link = &(*link)->outer;
    *link = visit->outer;
    rt_hw_interrupt_enable(level);
}

static rt_bool_t others_visit(const void *place)
{
    const struct rttm_visit *visit;
    rt_thread_t              self = rt_thread_self();
    rt_base_t                level = rt_hw_interrupt_disable();

    for (visit = visits; visit != RT_NULL; visit = visit->outer)
    {
        if (visit->place == place && visit->thread != self)
            break;
    }
    rt_hw_interrupt_enable(level);
    return visit != RT_NULL;
}

void rttm_visits_drain(const void *place)
{
    while (others_visit(place))
        rt_thread_delay(1);
}

void rttm_visits_forget(rt_thread_t thread)
{
    struct rttm_visit **link = &visits;
    rt_base_t           level = rt_hw_interrupt_disable();

    while (*link != RT_NULL)
    {
        if ((*link)->thread == thread)
            *link = (*link)->outer;
        else
            link = &(*link)->outer;
    }
    rt_hw_interrupt_enable(level);
}

#endif /* RTTM_HAS_CALLBACKS */
