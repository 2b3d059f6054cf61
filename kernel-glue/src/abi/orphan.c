/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Orphan devices: those whose module is gone, and which somebody still has open. rt_device_close writes to the device
 * when its driver has returned, so the last who closes it can't free it, and the worker does.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_DRIVER

#include <rtthread.h>
#include <rthw.h>

#include "../module/worker.h"
#include "device.h"

/* Changed with interrupts off. */
static struct rttm_orphan *orphans;

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

static void orphan_free_closed(struct rttm_work *work)
{
    struct rttm_orphan *orphan;

    while ((orphan = orphan_take()) != RT_NULL)
        rt_free(orphan);
    if (!orphan_is_any_closing())
        return;
    rt_thread_delay(1);
    rttm_worker_post(work);
}

static struct rttm_work orphan_work = {RT_NULL, orphan_free_closed};

void rttm_orphan_add(struct rttm_orphan *orphan)
{
    rt_base_t level = rt_hw_interrupt_disable();

    orphan->next = orphans;
    orphans = orphan;
    rt_hw_interrupt_enable(level);
    rttm_worker_post(&orphan_work);
}

void rttm_orphans_reclaim(void)
{
    rttm_worker_post(&orphan_work);
}

#endif /* RTT_MOD_USING_DRIVER */
