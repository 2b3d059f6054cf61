/* SPDX-License-Identifier: Apache-2.0 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_TIMER

#include <rtthread.h>

#include "later.h"

static struct rt_timer timer;

/* Resources whose memory is to be freed. Nothing else of them is there. */
static rt_list_t dead = RT_LIST_OBJECT_INIT(dead);

void rttm_free_later(struct rttm_resource *resource)
{
    rt_enter_critical();
    rt_list_insert_after(&dead, &resource->node);
    rt_timer_start(&timer);
    rt_exit_critical();
}

static struct rttm_resource *take_dead(void)
{
    struct rttm_resource *resource = RT_NULL;

    rt_enter_critical();
    if (!rt_list_isempty(&dead))
    {
        resource = rt_list_first_entry(&dead, struct rttm_resource, node);
        rt_list_remove(&resource->node);
    }
    rt_exit_critical();
    return resource;
}

static void free_dead(void *unused)
{
    struct rttm_resource *resource;

    (void)unused;
    while ((resource = take_dead()) != RT_NULL)
        rttm_resource_free(resource);
}

/* Not by the first module that needs it: the kernel would take the timer for that module's. */
static int make_free_timer(void)
{
    rt_timer_init(&timer, "modfree", free_dead, RT_NULL, 1, RT_TIMER_FLAG_ONE_SHOT | RT_TIMER_FLAG_SOFT_TIMER);
    return 0;
}
INIT_COMPONENT_EXPORT(make_free_timer);

#endif /* RTT_MOD_USING_TIMER */
