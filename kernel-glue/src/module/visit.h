/* SPDX-License-Identifier: Apache-2.0 */
/* Who is inside something that must not be freed meanwhile. */
#ifndef RTTM_VISIT_H
#define RTTM_VISIT_H

#include <rtthread.h>

#include "callbacks.h"

/* On the stack of the thread or interrupt that is inside. */
struct rttm_visit
{
    struct rttm_visit *outer;
    rt_thread_t        thread; /* RT_NULL in an interrupt */
    const void        *place;
};

/* From threads and interrupts. */
void rttm_visit_begin(struct rttm_visit *visit, const void *place);
void rttm_visit_end(struct rttm_visit *visit);

/* Waits until nobody but the caller is inside of `place`. In a thread; nobody may come in any more. */
void rttm_visits_drain(const void *place);

#ifdef RTTM_HAS_CALLBACKS /* whose places are visited */

/* `thread` was stopped inside of whatever it visited. */
void rttm_visits_forget(rt_thread_t thread);

#else

rt_inline void rttm_visits_forget(rt_thread_t thread)
{
    (void)thread;
}

#endif /* RTTM_HAS_CALLBACKS */

#endif /* RTTM_VISIT_H */
