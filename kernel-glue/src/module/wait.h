/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Functions of the ABI that wait.
 *
 * A function that finds at once what it would wait for returns without these. Otherwise:
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

/* RTTM_OK, or RTTM_ERROR_WOULD_WAIT in interrupts, with interrupts off, and in upcalls that may not wait. */
int32_t rttm_wait_begin(void);

/* Whether the caller may allocate from the kernel's heap: not in interrupts, with interrupts off, or with a locked scheduler. */
rt_bool_t rttm_may_allocate(void);

/* After RTTM_OK. In an upcall it does not return if the module has begun to end meanwhile. */
void rttm_wait_end(void);

/*
 * Whether the caller can pass a wait for ever to the kernel, which has the same number for it. In a thread of the module it
 * only returns RT_EOK, so its result needs no translation.
 */
rt_inline rt_bool_t rttm_may_wait_for_ever(uint32_t milliseconds)
{
    return milliseconds == rttm_forever;
}

#endif /* RTTM_WAIT_H */
