/* SPDX-License-Identifier: Apache-2.0 */
/* The thread that a program begins with. */
#ifndef RTTM_MAIN_THREAD_H
#define RTTM_MAIN_THREAD_H

#include "record.h"

/*
 * Makes the main thread of a module that is loaded, `module->main_thread`, which waits for rt_thread_startup. Its arguments
 * are the words of `command_line`, the first of them the program's name. RT_FALSE without memory.
 */
rt_bool_t rttm_make_main_thread(struct rttm_module *module, const char *command_line);

#endif /* RTTM_MAIN_THREAD_H */
