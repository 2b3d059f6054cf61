/* SPDX-License-Identifier: Apache-2.0 */
/* Runs programs and waits for them. */
#ifndef RTTM_RUN_H
#define RTTM_RUN_H

#include "../port/groups.h"
#include "load.h"
#include "record.h"

/* How a program ended. */
enum rttm_outcome
{
    RTTM_OUTCOME_STAYS,   /* it is a resident module and is loaded now */
    RTTM_OUTCOME_REFUSED, /* it was not loaded; the reason is printed */
    RTTM_OUTCOME_EXITED,  /* with an exit code */
    RTTM_OUTCOME_GOES_ON, /* it has not: the wait was ended by Ctrl-C */
};

/* A thread that waits for a program. It is where the thread has it until the wait is over. */
struct rttm_waiter
{
    struct rttm_waiter *next;
    rt_thread_t         caller;
    struct rttm_module *module; /* RT_NULL when it is gone */
    rt_int32_t          exit_code;
    struct rt_semaphore gone;
};

/*
 * Runs the program at `path` and waits by `await`, which returns RT_TRUE when the program has ended and all of it is freed,
 * or RT_FALSE when the wait was left. `command_line` as for rttm_exec_prepare. `exit_code` is set on RTTM_OUTCOME_EXITED.
 * Call it from a thread that is not the module's own.
 *
 * Both texts are freed by this function, because the caller may be cancelled while it waits.
 */
enum rttm_outcome rttm_run(char *path, char *command_line, rt_bool_t (*await)(struct rttm_waiter *waiter),
                           rt_int32_t *exit_code);

/* Waits for ever, until the program has ended. */
rt_bool_t rttm_run_await_end(struct rttm_waiter *waiter);

/* Runs a module whose main thread is not started yet, and waits until it has ended. Returns its exit code. */
rt_int32_t rttm_run_module(struct rttm_module *module);

/* ---- in steps ---------------------------------------------------------------------------------------------------- */

/*
 * Loads the program at `path` as rttm_run does, and makes its main thread. If the result is RTTM_LOADED_TO_USE, then
 * `waiter->module` is the program, and rttm_run_start has to be called.
 */
enum rttm_loaded rttm_run_load(struct rttm_waiter *waiter, char *path, char *command_line);

/* Starts the program's main thread, and begins the wait. */
void rttm_run_start(struct rttm_waiter *waiter);

/*
 * Waits for the end of the program for `ticks` at most, or for ever if they are RT_WAITING_FOREVER. RT_TRUE when all of it
 * is freed: the wait is over and `exit_code` is set.
 */
rt_bool_t rttm_run_await(struct rttm_waiter *waiter, rt_int32_t ticks);

/* Ends the program as `mod kill` does, and returns at once. The wait goes on. */
void rttm_run_kill(struct rttm_waiter *waiter);

/* Ends the wait. The program goes on. */
void rttm_run_leave(struct rttm_waiter *waiter);

#ifdef RTT_MOD_USING_COMMAND /* which has programs to wait for */

/* Takes `caller` from the waiters, because it is stopped. In a critical section. */
void rttm_run_forget(rt_thread_t caller);

/* Tells those who wait for `module` that it is gone. */
void rttm_run_tell(const struct rttm_module *module);

#else

rt_inline void rttm_run_forget(rt_thread_t caller)
{
    (void)caller;
}

rt_inline void rttm_run_tell(const struct rttm_module *module)
{
    (void)module;
}

#endif /* RTT_MOD_USING_COMMAND */

#endif /* RTTM_RUN_H */
