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
};

/*
 * Runs the program at `path` and waits until it has ended and all of it is freed. `command_line` as for
 * rttm_exec_prepare. `exit_code` is set on RTTM_OUTCOME_EXITED. Call it from a thread that is not the module's own.
 *
 * Both texts are freed by this function, because the caller may be cancelled while it waits.
 */
enum rttm_outcome rttm_run(char *path, char *command_line, rt_int32_t *exit_code);

/* The same for a module whose main thread is not started yet. Returns its exit code. */
rt_int32_t rttm_run_module(struct rttm_module *module);

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
