/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Paths for calls of the file system. File systems report the same mistake with different errors, and FAT's errors are
 * coarse. So a call first reads the status of what is at the path, and finds most mistakes itself. An open does so after
 * the file system has refused it.
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

/* RTTM_OK, even if nothing is there: the thread can't be cancelled until rttm_path_leave. */
int32_t rttm_path_enter(struct rttm_path *path, const char *text, uint32_t length);

/* The same in two steps: what is at the path is not known before the second one. */
int32_t rttm_path_begin(struct rttm_path *path, const char *text, uint32_t length);
int32_t rttm_path_stat(struct rttm_path *path);

void rttm_path_leave(struct rttm_path *path);

/* The same for calls without a path. */
int32_t rttm_files_enter(struct rttm_cancel_scope *scope);
void    rttm_files_leave(struct rttm_cancel_scope *scope);

rt_bool_t rttm_path_is_directory(const struct rttm_path *path);
rt_bool_t rttm_path_is_read_only(const struct rttm_path *path);

uint32_t rttm_kind(const struct stat *status);
void     rttm_status(const struct stat *status, struct rttm_file_status *result);

/* The result for an error of the file system when it opens or creates something that may be opened or created. */
int32_t rttm_result_of_open(void);

#endif /* RTTM_PATH_H */
