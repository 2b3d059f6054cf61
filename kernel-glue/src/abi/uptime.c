/* SPDX-License-Identifier: Apache-2.0 */
/* The time since boot in 64 bits: the kernel's tick, and how often it has wrapped around. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_TIME

#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "rtt_mod.h"

/* An update at least this often sees every wrap of the tick. */
#define UPDATE_TICKS (RT_TICK_MAX / 2 - 1)

/* Changed with interrupts off. */
static rt_tick_t last;
static uint32_t  wraps;

static uint64_t uptime_ticks(void)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_tick_t now = rt_tick_get();
    uint64_t  all;

    if (now < last)
        wraps++;
    last = now;
    all = (uint64_t)wraps << 32 | now;
    rt_hw_interrupt_enable(level);
    return all;
}

uint64_t rttm_uptime(void)
{
    return uptime_ticks() * 1000000u / RT_TICK_PER_SECOND;
}
RTM_EXPORT(rttm_uptime)

static void uptime_update(void *unused)
{
    (void)unused;
    uptime_ticks();
}

static struct rt_timer timer;

static int uptime_init(void)
{
    rt_timer_init(&timer, "uptime", uptime_update, RT_NULL, UPDATE_TICKS, RT_TIMER_FLAG_PERIODIC);
    rt_timer_start(&timer);
    return 0;
}
INIT_COMPONENT_EXPORT(uptime_init);

#endif /* RTT_MOD_USING_TIME */
