/* SPDX-License-Identifier: Apache-2.0 */
/* Where the files of modules are. */
#ifndef RTTM_FIND_H
#define RTTM_FIND_H

#include <rtthread.h>

/* Whether there is a file at `path` that can be read. */
rt_bool_t rttm_is_there(const char *path);

/*
 * The path of the program that `name` means at the MSH prompt: `name` itself where it has the extension, else with
 * `.mo` behind it; in the working directory, then in /bin. For rt_free. RT_NULL when there is no such file or no memory
 * for its name.
 */
char *rttm_find_program(const char *name);

#endif /* RTTM_FIND_H */
