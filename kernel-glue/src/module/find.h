/* SPDX-License-Identifier: Apache-2.0 */
/* Where the files of modules are. */
#ifndef RTTM_FIND_H
#define RTTM_FIND_H

#include <rtthread.h>

/* Whether there is a file at `path` that can be read. */
rt_bool_t rttm_is_there(const char *path);

/*
 * The path of the program that MSH runs for `name`: `name`, with `.mo` appended if it has no extension, in the working
 * directory or else in /bin. To be freed by rt_free. RT_NULL if there is no such file, or no memory for its path.
 */
char *rttm_find_program(const char *name);

#endif /* RTTM_FIND_H */
