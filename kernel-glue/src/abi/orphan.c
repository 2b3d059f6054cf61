/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Orphan devices: those whose module is gone, and which somebody still has open. rt_device_close writes to the device
 * when its driver has returned, so the last who closes it can't free it, and a timer does.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_DRIVER

#include <rtthread.h>
#include <rthw.h>

#include "device.h"

/* Changed with interrupts off. */
static struct rttm_orphan *orphans;
static struct rt_timer     orphan_timer;

/* Takes one out that nobody has open, or closes any more. */
static struct rttm_orphan *orphan_take(void)
{
    struct rttm_orphan **link = &orphans;
    struct rttm_orphan  *taken;
    rt_base_t            level = rt_hw_interrupt_disable();

    while (*link != RT_NULL && (*link)->device.open_flag != RT_DEVICE_OFLAG_CLOSE)
        link = &(*link)->next;
    taken = *link;
    if (taken != RT_NULL)
        *link = taken->next;
    rt_hw_interrupt_enable(level);
    return taken;
}

static rt_bool_t orphan_is_any_closing(void)
{
    const struct rttm_orphan *orphan;
    rt_base_t                 level = rt_hw_interrupt_disable();

    for (orphan = orphans; orphan != RT_NULL && orphan->device.ref_count > 0; orphan = orphan->next)
        ;
    rt_hw_interrupt_enable(level);
    return orphan != RT_NULL;
}

static void orphan_free_closed(void *unused)
{
    struct rttm_orphan *orphan;

    (void)unused;
    while ((orphan = orphan_take()) != RT_NULL)
        rt_free(orphan);
    if (orphan_is_any_closing())
        rt_timer_start(&orphan_timer);
}

void rttm_orphan_add(struct rttm_orphan *orphan)
{
    rt_base_t level = rt_hw_interrupt_disable();

    orphan->next = orphans;
    orphans = orphan;
    rt_hw_interrupt_enable(level);
    rt_timer_start(&orphan_timer);
}

void rttm_orphans_reclaim(void)
{
    rt_timer_start(&orphan_timer);
}

/* Not by the first module that needs it: the kernel would take the timer for that module's. */
static int orphan_make_timer(void)
{
    rt_timer_init(&orphan_timer, "orphan", orphan_free_closed, RT_NULL, 1,
                  RT_TIMER_FLAG_ONE_SHOT | RT_TIMER_FLAG_SOFT_TIMER);
    return 0;
}
INIT_COMPONENT_EXPORT(orphan_make_timer);

#endif /* RTT_MOD_USING_DRIVER */
