/* SPDX-License-Identifier: Apache-2.0 */
/* Replaces a file by a new one that was written beside it. */
#ifndef RTTM_REPLACE_FILE_H
#define RTTM_REPLACE_FILE_H

#include <rtthread.h>

/* The path at which the new content of the file at `path` is written, for rt_free. RT_NULL without memory. */
char *rttm_part_of(const char *path);

/*
 * Puts the complete file at `part` in the place of the file at `path`. RT_FALSE if it is a module that would not load on
 * this kernel, or if it can't be renamed; the reason is printed. `part` is deleted unless only the renaming has failed.
 */
rt_bool_t rttm_replace_file(const char *path, const char *part);

#endif /* RTTM_REPLACE_FILE_H */
