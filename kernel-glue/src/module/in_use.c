/* SPDX-License-Identifier: Apache-2.0 */
/* Counts who uses an object that must not be freed meanwhile. */
#include "in_use.h"

#ifdef RTTM_HAS_CALLBACKS

#include <rtthread.h>
#include <rthw.h>

/* All uses of objects, the newest first. Changed with interrupts off. */
static struct rttm_use *uses;

void rttm_use_begin(struct rttm_use *use, const void *object)
{
    rt_base_t level;

    use->thread = rt_interrupt_get_nest() == 0 ? rt_thread_self() : RT_NULL;
    use->object = object;
    level = rt_hw_interrupt_disable();
    use->outer = uses;
    uses = use;
    rt_hw_interrupt_enable(level);
}

void rttm_use_end(struct rttm_use *use)
{
    struct rttm_use **link = &uses;
    rt_base_t         level = rt_hw_interrupt_disable();

    while (*link != use)
        link = &(*link)->outer;
    *link = use->outer;
    rt_hw_interrupt_enable(level);
}

static rt_bool_t is_used_by_others(const void *object)
{
    const struct rttm_use *use;
    rt_thread_t            self = rt_thread_self();
    rt_base_t              level = rt_hw_interrupt_disable();

    for (use = uses; use != RT_NULL; use = use->outer)
    {
        if (use->object == object && use->thread != self)
            break;
    }
    rt_hw_interrupt_enable(level);
    return use != RT_NULL;
}

void rttm_uses_drain(const void *object)
{
    while (is_used_by_others(object))
        rt_thread_delay(1);
}

void rttm_uses_forget(rt_thread_t thread)
{
    struct rttm_use **link = &uses;
    rt_base_t         level = rt_hw_interrupt_disable();

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
