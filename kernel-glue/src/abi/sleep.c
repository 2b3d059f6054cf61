/* SPDX-License-Identifier: Apache-2.0 */
/* Sleep of the calling thread. */
#include <rtthread.h>
#include <rtm.h>

#include "../contain/contained.h"
#include "../module/wait.h"
#include "../port/clock.h"
#include "../port/compat.h"
#include "../port/groups.h"
#include "rtt_mod.h"

#ifdef RTT_MOD_USING_TIME

void rttm_thread_sleep(uint32_t milliseconds)
{
    uint64_t ticks;

    if (milliseconds == 0 && rttm_may_wait_for_ever(RTTM_FOREVER))
    {
        rttm_yield();
        return;
    }
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
    ticks = rttm_whole_ticks(milliseconds) + 1; /* the current tick has already begun */
    while (ticks > 0)
    {
        rt_tick_t part = ticks < RTTM_TICKS_AT_ONCE ? (rt_tick_t)ticks : RTTM_TICKS_AT_ONCE;

        rt_thread_delay((rt_tick_t)part);
        ticks -= part;
    }
    rttm_wait_end();
}
RTM_EXPORT(rttm_thread_sleep)

#endif /* RTT_MOD_USING_TIME */
