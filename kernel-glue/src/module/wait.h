/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls that wait.
 *
 * Whoever finds at once what it would wait for, goes on without a look at the rest. Else:
 *
 *     int32_t result = rttm_wait_begin();
 *
 *     if (result != RTTM_OK)
 *         return result;
 *     result = rttm_result(rt_sem_take(semaphore, rttm_ticks(milliseconds)));
 *     rttm_wait_end();
 */
#ifndef RTTM_WAIT_H
#define RTTM_WAIT_H

#include <rtthread.h>

#include "../contain/interrupt.h"
#include "rtt_mod.h"

/* RTTM_OK, or RTTM_ERROR_WOULD_WAIT where nothing may wait: in interrupts, without them, and in calls by timers. */
int32_t rttm_wait_begin(void);

/* After RTTM_OK. Does not return when the module has begun to end meanwhile, and the thread is not its own. */
void rttm_wait_end(void);

/*
 * Whether the caller may leave the rest to the kernel: a wait for ever, for which the kernel has the same number. In the
 * module's own threads it has no other end than RT_EOK, so that no result is to be translated.
 */
rt_inline rt_bool_t rttm_may_wait_for_ever(uint32_t milliseconds)
{
    return milliseconds == rttm_forever;
}

#endif /* RTTM_WAIT_H */
