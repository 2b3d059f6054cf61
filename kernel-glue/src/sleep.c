/* SPDX-License-Identifier: Apache-2.0 */
/* Time that passes without the caller. */
#include <rtthread.h>
#include <rtm.h>

#include "rtt_mod.h"

/* The kernel's timers take less than half of the range of a tick. */
#define TICKS_AT_ONCE (RT_TICK_MAX / 2 - 1)

void rttm_thread_sleep(uint32_t milliseconds)
{
    uint64_t ticks = ((uint64_t)milliseconds * RT_TICK_PER_SECOND + 999) / 1000;

    if (milliseconds == 0)
    {
        rt_thread_yield();
        return;
    }
    ticks++; /* the tick that runs now is over before it has lasted its time */
    while (ticks > 0)
    {
        rt_tick_t part = ticks < TICKS_AT_ONCE ? (rt_tick_t)ticks : TICKS_AT_ONCE;

        rt_thread_delay((rt_tick_t)part);
        ticks -= part;
    }
}
RTM_EXPORT(rttm_thread_sleep)
