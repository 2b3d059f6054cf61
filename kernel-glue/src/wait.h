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

#include "rtt_mod.h"

/* RTTM_OK, or RTTM_ERROR_WOULD_WAIT where nothing may wait: in interrupts and in calls by timers. */
int32_t rttm_wait_begin(void);

/* After RTTM_OK. Does not return when the module has begun to end meanwhile, and the thread is not its own. */
void rttm_wait_end(void);

/* What the kernel's functions take for so many milliseconds or RTTM_FOREVER. */
rt_int32_t rttm_ticks(uint32_t milliseconds);

/* The innermost call of a module's function by somebody else: see guard.h. */
extern struct rttm_guard *volatile rttm_guards;

/* Whether no module is called by anybody but its own threads: then whoever calls may wait. */
rt_inline rt_bool_t rttm_has_only_own_threads(void)
{
    return rttm_guards == RT_NULL;
}

#endif /* RTTM_WAIT_H */
