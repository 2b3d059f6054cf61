/* SPDX-License-Identifier: Apache-2.0 */
/* Runs programs and waits for them. */
#ifndef RTTM_RUN_H
#define RTTM_RUN_H

#include "../port/groups.h"
#include "record.h"

/* How a program ended. */
enum rttm_outcome
{
    RTTM_OUTCOME_STAYS,   /* it is a resident module and is loaded now */
    RTTM_OUTCOME_REFUSED, /* it was not loaded; the reason is printed */
    RTTM_OUTCOME_EXITED,  /* with an exit code */
    RTTM_OUTCOME_ENDED,   /* without an exit code */
};

/*
 * Runs the program at `path` and waits until it has ended and all of it is freed. `command_line` as for
 * rttm_exec_prepare. `exit_code` is set on RTTM_OUTCOME_EXITED. Call it from a thread that is not the module's own.
 *
 * Both texts are freed by this function, because the caller may be cancelled while it waits.
 */
enum rttm_outcome rttm_run(char *path, char *command_line, rt_int32_t *exit_code);

/* The same for a module whose main thread is not started yet. */
enum rttm_outcome rttm_run_module(struct rttm_module *module, rt_int32_t *exit_code);

#ifdef RTT_MOD_USING_COMMAND /* which has programs to wait for */

/* Takes `caller` from the waiters, because it is stopped. In a critical section. */
void rttm_run_forget(rt_thread_t caller);

/* Gives the exit code of `module` to those who wait for it. They then only wait for its thread. */
void rttm_run_set_code(const struct rttm_module *module, rt_int32_t code);

/* Those who wait for `module` now wait until the kernel has freed `thread`, instead of the former main thread. */
void rttm_run_set_thread(const struct rttm_module *module, rt_thread_t thread);

#else

rt_inline void rttm_run_forget(rt_thread_t caller)
{
    (void)caller;
}

rt_inline void rttm_run_set_code(const struct rttm_module *module, rt_int32_t code)
{
    (void)module;
    (void)code;
}

rt_inline void rttm_run_set_thread(const struct rttm_module *module, rt_thread_t thread)
{
    (void)module;
    (void)thread;
}

#endif /* RTT_MOD_USING_COMMAND */

#endif /* RTTM_RUN_H */
