/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_LOAD_FILE_H
#define RTTM_LOAD_FILE_H

#include <dlmodule.h>

/*
 * Brings the file at `path` into the kernel, as a module called `name`, and calls its `module_init`. RT_NULL when it is
 * refused: the console then has a line for each reason. A module without `main` has no `entry_addr`; `vstart_addr`
 * is what figures.c has there.
 */
struct rt_dlmodule *rttm_load_file(const char *path, const char *name);

/* Whether the file at `path` would load now. If not, the console has a line for each reason. */
rt_bool_t rttm_check_file(const char *path);

#endif /* RTTM_LOAD_FILE_H */
