/* SPDX-License-Identifier: Apache-2.0 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_DRIVER

#include <rtthread.h>
#include <rthw.h>

#include "grave.h"

/* Changed with interrupts off. */
static struct rttm_grave *graves;
static struct rt_timer    timer;

/* Takes one out that nobody has open, or closes any more. */
static struct rttm_grave *take(void)
{
    struct rttm_grave **link = &graves;
    struct rttm_grave  *taken;
    rt_base_t           level = rt_hw_interrupt_disable();

    while (*link != RT_NULL && (*link)->device.open_flag != RT_DEVICE_OFLAG_CLOSE)
        link = &(*link)->next;
    taken = *link;
    if (taken != RT_NULL)
        *link = taken->next;
    rt_hw_interrupt_enable(level);
    return taken;
}

static rt_bool_t is_any_closed_now(void)
{
    const struct rttm_grave *grave;
    rt_base_t                level = rt_hw_interrupt_disable();

    for (grave = graves; grave != RT_NULL && grave->device.ref_count > 0; grave = grave->next)
        ;
    rt_hw_interrupt_enable(level);
    return grave != RT_NULL;
}

static void free_closed(void *unused)
{
    struct rttm_grave *grave;

    (void)unused;
    while ((grave = take()) != RT_NULL)
        rt_free(grave);
    if (is_any_closed_now())
        rt_timer_start(&timer);
}

void rttm_grave_dig(struct rttm_grave *grave)
{
    rt_base_t level = rt_hw_interrupt_disable();

    grave->next = graves;
    graves = grave;
    rt_hw_interrupt_enable(level);
    rt_timer_start(&timer);
}

void rttm_grave_visit(void)
{
    rt_timer_start(&timer);
}

/* Not by the first module that needs it: the kernel would take the timer for that module's. */
static int make_timer(void)
{
    rt_timer_init(&timer, "grave", free_closed, RT_NULL, 1, RT_TIMER_FLAG_ONE_SHOT | RT_TIMER_FLAG_SOFT_TIMER);
    return 0;
}
INIT_COMPONENT_EXPORT(make_timer);

#endif /* RTT_MOD_USING_DRIVER */
