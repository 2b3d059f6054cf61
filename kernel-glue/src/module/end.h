/* SPDX-License-Identifier: Apache-2.0 */
/* The end of modules: by themselves, by the reaper, and at the user's wish. */
#ifndef RTTM_END_H
#define RTTM_END_H

#include "../contain/contained.h"
#include "record.h"

/* Ends `module`, that the calling thread runs for, with `code`, and frees it. Does not return. */
void rttm_end(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause) __attribute__((noreturn));

/* Ends and frees a module that was claimed. In a thread that is neither the module's nor in an upcall of it. */
void rttm_end_claimed(struct rttm_module *module);

/* ---- at the user's wish (kill.c) ---------------------------------------------------------------------------------- */

/*
 * Ends a module, whatever it does, with all that it has of the kernel, and waits until it is gone. Of several with the
 * name it is the one at `position` among them in `mod list`, from 1: the newest. RT_FALSE when there is none that can be
 * ended, or it takes too long; the console has said so.
 */
rt_bool_t rttm_kill(const char *name, int position);

/* The same for the resident module called `name`, or without one for the newest program. */
rt_bool_t rttm_unload(const char *name);

#endif /* RTTM_END_H */
