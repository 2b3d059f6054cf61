/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thread that is stopped while it holds a lock of the kernel's, the heap's or the file system's, keeps it for ever. So
 * a thread takes shelter around such calls, and whoever stops a thread waits until it has left.
 */
#ifndef RTTM_SHELTER_H
#define RTTM_SHELTER_H

#include <rtthread.h>

/* On the stack of the thread that is in it. */
struct rttm_shelter
{
    struct rttm_shelter *outer;
    rt_thread_t          thread;
    rt_bool_t            is_awaited; /* by whoever stops the thread */
};

/* Pairs nest. In interrupts they do nothing, and so does leaving what was left before. */
void rttm_shelter_enter(struct rttm_shelter *shelter);
void rttm_shelter_leave(struct rttm_shelter *shelter);

rt_bool_t rttm_is_sheltered(rt_thread_t thread);

/*
 * For whoever stops `thread`, in a critical section: RT_TRUE if it is in no shelter. Else it goes no further than to the
 * end of those that it is in, however soon it would take the next.
 */
rt_bool_t rttm_shelter_await(rt_thread_t thread);

/* The innermost shelter that `thread` is in, or RT_NULL. */
struct rttm_shelter *rttm_shelter_of(rt_thread_t thread);

/* `thread` has left all shelters inside of `outer` without a word, or with RT_NULL all shelters. */
void rttm_shelter_forget(rt_thread_t thread, const struct rttm_shelter *outer);

#endif /* RTTM_SHELTER_H */
