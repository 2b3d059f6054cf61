/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_EXEC_H
#define RTTM_EXEC_H

#include <dlmodule.h>

/*
 * Loads the program at `path` and makes its main thread, `main_thread`, which waits for rt_thread_startup. Its arguments
 * are the words of `command_line`, the first of them the program's name. RT_NULL when it is refused: the console has
 * said why.
 */
struct rt_dlmodule *rttm_exec_prepare(const char *path, const char *command_line);

#endif /* RTTM_EXEC_H */
