/* SPDX-License-Identifier: Apache-2.0 */
/* Threads that wait for a module to be gone, or for a call on one of its threads to return (call.h). */
#ifndef RTTM_WAITER_H
#define RTTM_WAITER_H

#include <rtthread.h>

struct rttm_call;
struct rttm_module;

/* A thread that waits. It is where the thread has it until the wait is over. */
struct rttm_waiter
{
    struct rttm_waiter     *next;
    rt_thread_t             caller;
    struct rttm_module     *module; /* RT_NULL when it is gone */
    const struct rttm_call *call;   /* RT_NULL: it waits for the end of the module alone */
    rt_int32_t              result; /* the module's exit code, or that of the call */
    struct rt_semaphore     gone;
};

/*
 * Waits until what `waiter` waits for has happened; RT_FALSE: until the user wants no more. It may end the module. Afterwards
 * the wait is to be left.
 */
typedef rt_bool_t rttm_await(struct rttm_waiter *waiter);

/* Begins the wait of the calling thread, for the module and the call that are set, until rttm_waiter_leave. */
void rttm_waiter_begin(struct rttm_waiter *waiter);

/*
 * Waits for `ticks` at most, or for ever if they are RT_WAITING_FOREVER. RT_TRUE when the call has returned, or when all of
 * the module is freed: `result` is set.
 */
rt_bool_t rttm_waiter_wait(struct rttm_waiter *waiter, rt_int32_t ticks);

/* Waits for ever. */
rt_bool_t rttm_waiter_wait_for_ever(struct rttm_waiter *waiter);

/* Ends the module as `mod kill` does, and returns at once. The wait goes on. */
void rttm_waiter_kill(struct rttm_waiter *waiter);

/* Ends the wait. A program or a call goes on. */
void rttm_waiter_leave(struct rttm_waiter *waiter);

/* Takes `caller` from the waiters, because it is stopped. In a critical section. */
void rttm_waiters_forget(rt_thread_t caller);

/* Tells those who wait for `module` that it is gone. */
void rttm_waiters_tell_end(const struct rttm_module *module);

/* Tells those who wait for `call` that it has returned. */
void rttm_waiters_tell_return(const struct rttm_call *call, rt_int32_t result);

#endif /* RTTM_WAITER_H */
