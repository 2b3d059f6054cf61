/* SPDX-License-Identifier: Apache-2.0 */
/* The time since boot in 64 bits: the kernel's tick, and how often it has wrapped around. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_TIME

#include <rtthread.h>
#include <rtm.h>

#include "rtt_mod.h"

/* Half of the range of a tick, from which on its highest bit is set. */
#define HALF_TICKS ((rt_tick_t)1 << 31)

/* An update at least this often sees each half. */
#define UPDATE_TICKS (HALF_TICKS / 2)

/*
 * The halves that have begun before the last update, which is at most one behind. Whether it is one behind is in the tick: its
 * highest bit is set in each second half. So a reader needs one word of memory and the tick, and no lock.
 */
static volatile uint32_t halves;

rt_inline uint64_t uptime_ticks(void)
{
    uint32_t  known = halves; /* before the tick: an update in between is seen in its highest bit */
    rt_tick_t tick = rt_tick_get();

    known += (known ^ (uint32_t)(tick / HALF_TICKS)) & 1u;
    return (uint64_t)known << 31 | (tick % HALF_TICKS);
}

uint64_t rttm_uptime(void)
{
#if 1000000 % RT_TICK_PER_SECOND == 0
    return uptime_ticks() * (1000000u / RT_TICK_PER_SECOND);
#else
    return uptime_ticks() * 1000000u / RT_TICK_PER_SECOND;
#endif
}
RTM_EXPORT(rttm_uptime)

static void uptime_update(void *unused)
{
    (void)unused;
    halves = (uint32_t)(uptime_ticks() / HALF_TICKS);
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
