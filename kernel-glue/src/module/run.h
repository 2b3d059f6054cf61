/* SPDX-License-Identifier: Apache-2.0 */
/* Runs programs and waits for them. */
#ifndef RTTM_RUN_H
#define RTTM_RUN_H

#include "../port/groups.h"
#include "load.h"
#include "record.h"
#include "waiter.h"

/* How a program ended. */
enum rttm_outcome
{
    RTTM_OUTCOME_STAYS,   /* it is a resident module and is loaded now */
    RTTM_OUTCOME_REFUSED, /* it was not loaded; the reason is printed */
    RTTM_OUTCOME_EXITED,  /* with an exit code */
    RTTM_OUTCOME_GOES_ON, /* it has not: the wait was ended by Ctrl-C */
};

/*
 * Runs the program at `path` and waits for its end by `await`. `command_line` as for rttm_exec_prepare. `exit_code` is set on RTTM_OUTCOME_EXITED.
 * Call it from a thread that is not the module's own.
 *
 * Both texts are freed by this function, because the caller may be cancelled while it waits.
 */
enum rttm_outcome rttm_run(char *path, char *command_line, rttm_await *await, rt_int32_t *exit_code);

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

#endif /* RTTM_RUN_H */
