/* SPDX-License-Identifier: Apache-2.0 */
/* Time that passes without the caller. */
#include <rtthread.h>
#include <rtm.h>

#include "../contain/wait.h"
#include "../module/end.h"
#include "../port/compat.h"
#include "../port/groups.h"
#include "rtt_mod.h"

/* The kernel's timers take less than half of the range of a tick. */
#define TICKS_AT_ONCE (RT_TICK_MAX / 2 - 1)

static uint64_t milliseconds_to_ticks(uint32_t milliseconds)
{
    return ((uint64_t)milliseconds * RT_TICK_PER_SECOND + 999) / 1000;
}

rt_int32_t rttm_ticks(uint32_t milliseconds)
{
    uint64_t ticks;

    if (milliseconds == RTTM_FOREVER)
        return RT_WAITING_FOREVER;
    ticks = milliseconds_to_ticks(milliseconds);
    return ticks < TICKS_AT_ONCE ? (rt_int32_t)ticks : (rt_int32_t)TICKS_AT_ONCE;
}

#ifdef RTT_MOD_USING_TIME

void rttm_thread_sleep(uint32_t milliseconds)
{
    uint64_t ticks = milliseconds_to_ticks(milliseconds);

    if (rttm_wait_begin() != RTTM_OK)
    {
        rt_kprintf("a sleep in an interrupt or a timer's call, where nothing may wait\n");
        rttm_exit_for(RTTM_EXIT_PANIC, RTTM_CAUSE_PANIC);
    }
    if (milliseconds == 0)
    {
        rttm_yield();
        rttm_wait_end();
        return;
    }
    ticks++; /* the tick that runs now is over before it has lasted its time */
    while (ticks > 0)
    {
        rt_tick_t part = ticks < TICKS_AT_ONCE ? (rt_tick_t)ticks : TICKS_AT_ONCE;

        rt_thread_delay((rt_tick_t)part);
        ticks -= part;
    }
    rttm_wait_end();
}
RTM_EXPORT(rttm_thread_sleep)

#endif /* RTT_MOD_USING_TIME */
