/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths on their way to the file system. What a file system answers to the same mistake differs, and FAT's answers are
 * coarse, so a call first looks at what is there, and tells most mistakes itself.
 */
#ifndef RTTM_PATH_H
#define RTTM_PATH_H

#include <rtthread.h>

#include "../contain/cancel.h"
#include "../port/compat.h"
#include "rtt_mod.h"

struct rttm_path
{
    char                    *text; /* absolute, NUL-terminated */
    rt_bool_t                exists;
    struct stat              status; /* if it exists */
    struct rttm_cancel_scope scope;
};

/* RTTM_OK, even if nothing is there: the thread is in shelter, until rttm_path_leave. */
int32_t rttm_path_enter(struct rttm_path *path, const char *text, uint32_t length);
void    rttm_path_leave(struct rttm_path *path);

/* The same for whoever needs no path. */
int32_t rttm_files_enter(struct rttm_cancel_scope *scope);
void    rttm_files_leave(struct rttm_cancel_scope *scope);

rt_bool_t rttm_path_is_directory(const struct rttm_path *path);
rt_bool_t rttm_path_is_read_only(const struct rttm_path *path);

uint32_t rttm_kind(const struct stat *status);
void     rttm_status(const struct stat *status, struct rttm_file_status *result);

/* What it means that the file system did not open or make what may be opened or made there. */
int32_t rttm_result_of_open(void);

#endif /* RTTM_PATH_H */
