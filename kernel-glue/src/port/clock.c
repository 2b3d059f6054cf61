/* SPDX-License-Identifier: Apache-2.0 */
/* Time since boot in seconds, and as text. */
#include <rtthread.h>

#include "clock.h"
#include "groups.h"
#include "rtt_mod.h"

rt_uint32_t rttm_seconds(void)
{
#ifdef RTT_MOD_USING_TIME
    return (rt_uint32_t)(rttm_uptime() / 1000000u);
#else
    return rt_tick_get() / RT_TICK_PER_SECOND; /* wraps around with the tick */
#endif
}

const char *rttm_clock(rt_uint32_t seconds, char text[RTTM_CLOCK_BYTES])
{
    rt_snprintf(text, RTTM_CLOCK_BYTES, "%u:%02u:%02u", (unsigned)(seconds / 3600), (unsigned)(seconds / 60 % 60),
                (unsigned)(seconds % 60));
    return text;
}

rt_int32_t rttm_ticks(uint32_t milliseconds)
{
    uint64_t ticks;

    if (milliseconds == RTTM_FOREVER)
        return RT_WAITING_FOREVER;
    ticks = rttm_whole_ticks(milliseconds);
    return ticks < RTTM_TICKS_AT_ONCE ? (rt_int32_t)ticks : (rt_int32_t)RTTM_TICKS_AT_ONCE;
}
