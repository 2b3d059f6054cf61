/* SPDX-License-Identifier: Apache-2.0 */
/* What is in use, and so must not be freed: by whom. */
#ifndef RTTM_IN_USE_H
#define RTTM_IN_USE_H

#include <rtthread.h>

#include "callbacks.h"

/* On the stack of the thread or interrupt that uses an object. */
struct rttm_use
{
    struct rttm_use *outer;
    rt_thread_t      thread; /* RT_NULL in an interrupt */
    const void      *object;
};

/* From threads and interrupts. */
void rttm_use_begin(struct rttm_use *use, const void *object);
void rttm_use_end(struct rttm_use *use);

/* Waits until nobody but the caller uses `object`. In a thread; nobody may begin to use it any more. */
void rttm_uses_drain(const void *object);

#ifdef RTTM_HAS_CALLBACKS /* whose objects are used by others */

/* `thread` was stopped while it used whatever it did. */
void rttm_uses_forget(rt_thread_t thread);

#else

rt_inline void rttm_uses_forget(rt_thread_t thread)
{
    (void)thread;
}

#endif /* RTTM_HAS_CALLBACKS */

#endif /* RTTM_IN_USE_H */
