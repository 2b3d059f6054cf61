/* SPDX-License-Identifier: Apache-2.0 */
/* The start of programs. */
#ifndef RTTM_EXEC_H
#define RTTM_EXEC_H

#include "load.h"

/*
 * Loads the program in `source` and makes its main thread, `(*module)->main_thread`, which waits for rt_thread_startup. Its
 * arguments are the words of `command_line`, the first of them the program's name. A resident module stays instead.
 */
enum rttm_loaded rttm_exec_prepare_from(const struct rttm_source *source, const char *command_line,
                                        struct rttm_module **module);

/* The same, and starts the main thread. */
enum rttm_loaded rttm_exec_from(const struct rttm_source *source, const char *command_line,
                                struct rttm_module **module);

/* Both with the file at `path`. */
rt_inline enum rttm_loaded rttm_exec_prepare(const char *path, const char *command_line, struct rttm_module **module)
{
    const struct rttm_source source = rttm_source_file(path);

    return rttm_exec_prepare_from(&source, command_line, module);
}

rt_inline enum rttm_loaded rttm_exec(const char *path, const char *command_line, struct rttm_module **module)
{
    const struct rttm_source source = rttm_source_file(path);

    return rttm_exec_from(&source, command_line, module);
}

#endif /* RTTM_EXEC_H */
