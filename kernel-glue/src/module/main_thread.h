/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that a program begins with. */
#ifndef RTTM_MAIN_THREAD_H
#define RTTM_MAIN_THREAD_H

#include "kernel_module.h"

/*
 * Makes the main thread of a module that is there, `module->main_thread`, which waits for rt_thread_startup. Its arguments
 * are the words of `command_line`, the first of them the program's name. RT_FALSE without memory.
 */
rt_bool_t rttm_make_main_thread(struct rt_dlmodule *module, const char *command_line);

/* Whether `thread` was made so. */
rt_bool_t rttm_thread_is_main(rt_thread_t thread);

#endif /* RTTM_MAIN_THREAD_H */
