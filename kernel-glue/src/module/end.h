/* SPDX-License-Identifier: Apache-2.0 */
/* The end of modules: by themselves, and at the user's wish. */
#ifndef RTTM_END_H
#define RTTM_END_H

#include "../contain/contained.h"
#include "record.h"

/*
 * Has the worker end `module` with `code`, for `cause`, and returns at once: from interrupts, timers and all threads. Does
 * nothing if it ends already.
 */
void rttm_end(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause);

/* Has the worker take back a module that nobody has begun to use. */
void rttm_discard(struct rttm_module *module);

/* The exit code of a module that is killed or unloaded. */
#define RTTM_EXIT_KILLED (-1)

/* ---- at the user's wish (kill.c) ---------------------------------------------------------------------------------- */

/*
 * Ends the module called `name`, whatever it does, and waits until it is gone. If several modules have the name,
 * `position` counts them in the order of `mod list`, from 1. RT_FALSE if there is no such module, if it can't be ended, or
 * if that takes too long; the reason is printed.
 */
rt_bool_t rttm_kill(const char *name, int position);

/* The same for the resident module called `name`, or for the newest module of that name if none is resident. */
rt_bool_t rttm_unload(const char *name);

#endif /* RTTM_END_H */
