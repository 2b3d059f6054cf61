/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that are run and waited for. */
#ifndef RTTM_RUN_H
#define RTTM_RUN_H

#include "../port/groups.h"
#include "record.h"

/* How a program ended. */
enum rttm_outcome
{
    RTTM_OUTCOME_STAYS,   /* it is a resident module, which is loaded now */
    RTTM_OUTCOME_REFUSED, /* it was not loaded; the console has said why */
    RTTM_OUTCOME_EXITED,  /* with an exit code */
    RTTM_OUTCOME_ENDED,   /* by something else than its own will, so without an exit code */
};

/*
 * Runs the program at `path` and waits until it has ended and all of it is freed. `command_line` as for
 * rttm_exec_prepare. `exit_code` is set on RTTM_OUTCOME_EXITED. Call it from a thread that is not the module's own.
 *
 * Both texts are the heap's, and freed here: who waits may be stopped, if it is a module.
 */
enum rttm_outcome rttm_run(char *path, char *command_line, rt_int32_t *exit_code);

/* The same of a module whose main thread has not been started yet. */
enum rttm_outcome rttm_run_module(struct rttm_module *module, rt_int32_t *exit_code);

#ifdef RTT_MOD_USING_COMMAND /* which has programs to wait for */

/* `caller` is about to be stopped: it waits for no program any more. In a critical section. */
void rttm_run_forget(rt_thread_t caller);

/* Tells whoever waits for `module` its exit code. They then wait for its thread alone. */
void rttm_run_set_code(const struct rttm_module *module, rt_int32_t code);

/* Whoever waits for `module` now waits until the kernel has freed `thread`, instead of the former main thread. */
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
