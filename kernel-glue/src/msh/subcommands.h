/* SPDX-License-Identifier: Apache-2.0 */
/* What the subcommands of `mod` do, one function for each, and what completion has to know of them. */
#ifndef RTTM_SUBCOMMANDS_H
#define RTTM_SUBCOMMANDS_H

#include <rtthread.h>

#include "../module/run.h"
#include "../port/groups.h"

/* Runs the line `mod …`, with more arguments than MSH would pass on. */
int rttm_mod(char *line);

/*
 * For rttm_run and rttm_call: waits for a program or a command that the shell runs, passes on what is typed, and hears Ctrl-C.
 * The first ends the wait, the second the module.
 */
#if defined(RTT_MOD_USING_COMMAND) && defined(RTT_MOD_USING_CONSOLE) && defined(RT_USING_MODULE)
#define RTTM_USING_WAIT_AT_CONSOLE
rt_bool_t rttm_await_at_console(struct rttm_waiter *waiter);
#else
#define rttm_await_at_console rttm_waiter_wait_for_ever
#endif

/* Prints the loaded modules, one on each line of less than 80 columns, the newest first. */
void rttm_list(void);

/* Prints what is known of the loaded modules called `name` and of their threads. RT_FALSE if there are none. */
rt_bool_t rttm_info_of_loaded(const char *name);

/* Prints the metadata of the module at `path`, and whether it would load now. RT_FALSE if it would not. */
rt_bool_t rttm_info_of_file(const char *path);

/*
 * Prints whether the module at `path` would load and start now, and if not, the reasons. None of its code runs.
 * RT_FALSE if it would not.
 */
rt_bool_t rttm_check(const char *path);

/* Starts the modules that start at boot, in the calling thread. RT_FALSE if there is no folder for them. */
rt_bool_t rttm_autostart_now(void);

/* Prints the names of the modules that start at boot. RT_FALSE if there is no folder for them. */
rt_bool_t rttm_autostart_list(void);

/*
 * Receives a file over the console by YMODEM, and replaces the file at `path` with it. If `path` is RT_NULL, the file
 * goes to the working directory under the name that the sender gives. The old file stays if the transfer is not
 * complete, or if the new file is a module that would not load on this kernel. Prints what has happened.
 */
rt_err_t rttm_receive(const char *path);

/*
 * Serves the requests of mkmod that arrive over the console, until it says goodbye or is silent for seconds. The shell
 * reads nothing meanwhile. RT_FALSE without memory.
 */
rt_bool_t rttm_serve(void);

/* Whether mkmod has the console. */
#ifdef RTT_MOD_USING_SERVE
rt_bool_t rttm_is_serving(void);
#else
rt_inline rt_bool_t rttm_is_serving(void)
{
    return RT_FALSE;
}
#endif

/* ---- for completion (command.c) ---------------------------------------------------------------------------------- */

/* What a subcommand takes as its first argument. */
enum rttm_argument
{
    RTTM_ARGUMENT_NONE = 0, /* or nothing that can be completed */
    RTTM_ARGUMENT_FILE = 1,
    RTTM_ARGUMENT_MODULE = 2,
    RTTM_ARGUMENT_EITHER = RTTM_ARGUMENT_FILE | RTTM_ARGUMENT_MODULE,
};

/* The name of the subcommand at `position`, or RT_NULL after the last one. */
const char *rttm_subcommand(int position);

/* What the subcommand at the beginning of `text`, which ends with a space, takes as its first argument. */
enum rttm_argument rttm_subcommand_argument(const char *text);

#endif /* RTTM_SUBCOMMANDS_H */
