/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cancellation of threads. A thread that is stopped while it holds a lock of the kernel's, the heap's or the file
 * system's keeps the lock for ever. So a thread disables its cancellation around such calls, and whoever stops it waits
 * until it has enabled it again.
 */
#ifndef RTTM_CANCEL_H
#define RTTM_CANCEL_H

#include <rtthread.h>

/* From rttm_cancel_disable to rttm_cancel_enable; on the stack of the thread. */
struct rttm_cancel_scope
{
    struct rttm_cancel_scope *outer;
    rt_thread_t               thread;
    rt_bool_t                 is_requested; /* cancellation, by whoever stops the thread */
};

/* Pairs nest. In interrupts they do nothing. To enable again what was enabled before does nothing either. */
void rttm_cancel_disable(struct rttm_cancel_scope *scope);
void rttm_cancel_enable(struct rttm_cancel_scope *scope);

/* The same as rttm_cancel_disable where the caller knows that it is in a thread. */
void rttm_cancel_disable_in_thread(struct rttm_cancel_scope *scope);

/* Does the first half of rttm_cancel_enable. RT_TRUE: the caller has to call rttm_contained_come_out next. */
rt_bool_t rttm_cancel_leave(struct rttm_cancel_scope *scope);

rt_bool_t rttm_cancel_is_disabled(rt_thread_t thread);

/*
 * For whoever stops `thread`, in a critical section. RT_TRUE if it can be stopped at once. Otherwise it calls
 * rttm_contained_come_out at the end of each of its scopes.
 */
rt_bool_t rttm_cancel_request(rt_thread_t thread);

/* The innermost scope that `thread` is in, or RT_NULL. */
struct rttm_cancel_scope *rttm_cancel_scope_of(rt_thread_t thread);

/* Takes `thread` out of all its scopes inside of `outer`, or of all of them if that is RT_NULL: it has left them by a jump. */
void rttm_cancel_forget(rt_thread_t thread, const struct rttm_cancel_scope *outer);

#endif /* RTTM_CANCEL_H */
