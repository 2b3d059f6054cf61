/* SPDX-License-Identifier: Apache-2.0 */
/* The end of modules at the user's wish. */
#ifndef RTTM_KILL_H
#define RTTM_KILL_H

#include <rtthread.h>

/*
 * Ends a module, whatever it does, with all that it has of the kernel, and waits until it is gone. Of several with the
 * name it is the one at `position` among them in `mod list`, from 1: the newest. RT_FALSE when there is none that can be
 * ended, or it takes too long; the console has said so.
 */
rt_bool_t rttm_kill(const char *name, int position);

/* The same for the resident module called `name`, or without one for the newest program. */
rt_bool_t rttm_unload(const char *name);

#endif /* RTTM_KILL_H */
