/* SPDX-License-Identifier: Apache-2.0 */
/* Paths: makes them absolute, and reads the status of what is there before any other call of the file system. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_FILE

#include <errno.h>
#include <string.h>

#include <rtthread.h>

#include "../contain/stack_demand.h"
#include "../module/wait.h"
#include "path.h"
#include "result.h"

/* elmfat silently truncates paths to 256 bytes, including the number of the drive. */
#define LONGEST_PATH 252

/* At least as much as any file system allocates for an open file. */
#define OPEN_FILE_BYTES 5120

int32_t rttm_files_enter(struct rttm_cancel_scope *scope)
{
    int32_t result = rttm_may_wait();

    if (result == RTTM_OK)
    {
        rttm_stack_demand(RTTM_STACK_NEED_FILE);
        rttm_cancel_disable_in_thread(scope);
    }
    return result;
}

void rttm_files_leave(struct rttm_cancel_scope *scope)
{
    rttm_cancel_enable(scope);
}

/* Whether `text` is absolute, and the kernel would change nothing of it: no `.`, `..` or empty name is in it. */
static rt_bool_t path_is_normal(const char *text)
{
    const char *at;

    for (at = text; *at != '\0'; at++)
    {
        if (*at == '/' && (at[1] == '/' || at[1] == '.' || at[1] == '\0'))
            return RT_FALSE;
    }
    return *text == '/';
}

/* Stores the absolute form of `text`, for rt_free. */
static int32_t path_make_absolute(const char *text, uint32_t length, char **absolute)
{
    char *terminated = rt_malloc(length + 1);

    if (terminated == RT_NULL)
        return RTTM_ERROR_OUT_OF_MEMORY;
    rt_memcpy(terminated, text, length);
    terminated[length] = '\0';
    if (path_is_normal(terminated))
    {
        *absolute = terminated;
        return RTTM_OK;
    }
    *absolute = dfs_normalize_path(RT_NULL, terminated);
    rt_free(terminated);
    if (*absolute == RT_NULL) /* above the root */
        return RTTM_ERROR_NOT_FOUND;
    if (strlen(*absolute) <= LONGEST_PATH)
        return RTTM_OK;
    rt_free(*absolute);
    return RTTM_ERROR_NAME;
}

int32_t rttm_path_stat(struct rttm_path *path)
{
    path->exists = stat(path->text, &path->status) == 0;
    if (path->exists)
        return RTTM_OK;
    switch (rttm_result_of_errno())
    {
    case RTTM_ERROR_NOT_FOUND:
        return RTTM_OK;
    case RTTM_ERROR_INVALID: /* a character that the file system does not have */
        return RTTM_ERROR_NAME;
    default:
        return rttm_result_of_errno();
    }
}

static int32_t path_prepare(struct rttm_path *path, const char *text, uint32_t length)
{
    if (length == 0)
        return RTTM_ERROR_NOT_FOUND;
    if (length > LONGEST_PATH || memchr(text, '\0', length) != RT_NULL)
        return RTTM_ERROR_NAME;
    return path_make_absolute(text, length, &path->text);
}

int32_t rttm_path_begin(struct rttm_path *path, const char *text, uint32_t length)
{
    int32_t result = rttm_files_enter(&path->scope);

    if (result != RTTM_OK)
        return result;
    result = path_prepare(path, text, length);
    if (result != RTTM_OK)
        rttm_files_leave(&path->scope);
    return result;
}

int32_t rttm_path_enter(struct rttm_path *path, const char *text, uint32_t length)
{
    int32_t result = rttm_path_begin(path, text, length);

    if (result != RTTM_OK)
        return result;
    result = rttm_path_stat(path);
    if (result != RTTM_OK)
        rttm_path_leave(path);
    return result;
}

void rttm_path_leave(struct rttm_path *path)
{
    rt_free(path->text);
    rttm_files_leave(&path->scope);
}

rt_bool_t rttm_path_is_directory(const struct rttm_path *path)
{
    return path->exists && S_ISDIR(path->status.st_mode);
}

rt_bool_t rttm_path_is_read_only(const struct rttm_path *path)
{
    return path->exists && (path->status.st_mode & S_IWUSR) == 0;
}

uint32_t rttm_kind(const struct stat *status)
{
    if (S_ISDIR(status->st_mode))
        return RTTM_KIND_DIRECTORY;
    return S_ISREG(status->st_mode) ? RTTM_KIND_FILE : RTTM_KIND_OTHER;
}

void rttm_status(const struct stat *status, struct rttm_file_status *result)
{
    result->kind = rttm_kind(status);
    result->length = 0;
    if (result->kind == RTTM_KIND_FILE) /* the largest file of FAT has a size that is negative in 32 bits */
        result->length = sizeof status->st_size == 4 ? (uint32_t)status->st_size : (uint64_t)status->st_size;
    result->modified = status->st_mtime;
    result->read_only = (status->st_mode & S_IWUSR) == 0;
}

int32_t rttm_result_of_open(void)
{
    int32_t result = rttm_result_of_errno();
    void   *probe;

    switch (result)
    {
    case RTTM_ERROR_READ_ONLY: /* elmfat: the root directory or the volume has no room for an entry */
        return RTTM_ERROR_NO_SPACE;
    case RTTM_ERROR_INVALID: /* romfs and others: a write */
        return RTTM_ERROR_READ_ONLY;
    case RTTM_ERROR_OUT_OF_MEMORY: /* the error for too many open files as well */
        probe = rt_malloc(OPEN_FILE_BYTES);
        if (probe == RT_NULL)
            return result;
        rt_free(probe);
        return RTTM_ERROR_TOO_MANY_OPEN;
    case RTTM_ERROR: /* no error number: opendir without memory */
        return RTTM_ERROR_OUT_OF_MEMORY;
    default:
        return result;
    }
}

#endif /* RTT_MOD_USING_FILE */
