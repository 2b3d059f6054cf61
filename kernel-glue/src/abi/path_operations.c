/* SPDX-License-Identifier: Apache-2.0 */
/* Path operations: the status, removal and renaming of files and directories. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_FILE

#include <errno.h>
#include <string.h>

#include <rtthread.h>
#include <rtm.h>

#include "../contain/stack_demand.h"
#include "../module/wait.h"
#include "../port/compat.h"
#include "path.h"
#include "result.h"

int32_t rttm_file_status(const char *path_text, uint32_t path_length, struct rttm_file_status *status)
{
    struct rttm_path path;
    int32_t          result = rttm_path_enter(&path, path_text, path_length);

    if (result != RTTM_OK)
        return result;
    if (path.exists)
        rttm_status(&path.status, status);
    else
        result = RTTM_ERROR_NOT_FOUND;
    rttm_path_leave(&path);
    return result;
}
RTM_EXPORT(rttm_file_status)

/* ---- remove ---------------------------------------------------------------------------------------------------- */

static int32_t path_remove_file(const struct rttm_path *path)
{
    if (!path->exists)
        return RTTM_ERROR_NOT_FOUND;
    if (rttm_path_is_directory(path))
        return RTTM_ERROR_IS_DIRECTORY;
    if (rttm_path_is_read_only(path))
        return RTTM_ERROR_PERMISSION;
    return unlink(path->text) == 0 ? RTTM_OK : rttm_result_of_errno();
}

int32_t rttm_file_remove(const char *path_text, uint32_t path_length)
{
    struct rttm_path path;
    int32_t          result = rttm_path_enter(&path, path_text, path_length);

    if (result != RTTM_OK)
        return result;
    result = path_remove_file(&path);
    rttm_path_leave(&path);
    return result;
}
RTM_EXPORT(rttm_file_remove)

static int32_t path_remove_directory(const struct rttm_path *path)
{
    int32_t result;

    if (!path->exists)
        return RTTM_ERROR_NOT_FOUND;
    if (!rttm_path_is_directory(path))
        return RTTM_ERROR_NOT_DIRECTORY;
    if (rttm_is_mount_point(path->text))
        return RTTM_ERROR_BUSY;
    if (rmdir(path->text) == 0)
        return RTTM_OK;
    result = rttm_result_of_errno();
    return result == RTTM_ERROR_READ_ONLY ? RTTM_ERROR_NOT_EMPTY : result; /* elmfat has one error for both */
}

int32_t rttm_directory_remove(const char *path_text, uint32_t path_length)
{
    struct rttm_path path;
    int32_t          result = rttm_path_enter(&path, path_text, path_length);

    if (result != RTTM_OK)
        return result;
    result = path_remove_directory(&path);
    rttm_path_leave(&path);
    return result;
}
RTM_EXPORT(rttm_directory_remove)

/* ---- rename ---------------------------------------------------------------------------------------------------- */

/* FAT loses a directory that is moved into itself, so this is checked here. It ignores the case of letters in names. */
static rt_bool_t path_is_inside(const char *inner, const char *outer)
{
    rt_size_t length = strlen(outer);

    return strncasecmp(inner, outer, length) == 0 && inner[length] == '/';
}

/*
 * The kernel crashes when a mount point is renamed, and loses data that is written to an open file after its renaming.
 */
static int32_t path_check_rename(const struct rttm_path *from, const struct rttm_path *to)
{
    if (!from->exists)
        return RTTM_ERROR_NOT_FOUND;
    if (rttm_is_mount_point(from->text) || rttm_is_mount_point(to->text) || rttm_is_open(from->text))
        return RTTM_ERROR_BUSY;
    if (rttm_path_is_directory(from) && path_is_inside(to->text, from->text))
        return RTTM_ERROR_INVALID;
    return RTTM_OK;
}

static int32_t path_remove_target(const struct rttm_path *from, const struct rttm_path *to)
{
    if (rttm_path_is_directory(to))
        return RTTM_ERROR_EXISTS;
    return rttm_path_is_directory(from) ? RTTM_ERROR_NOT_DIRECTORY : path_remove_file(to);
}

/* FAT can't replace a file, so a file at `to` is removed first. A name that differs only in case is no other file. */
static int32_t path_rename(const struct rttm_path *from, const struct rttm_path *to)
{
    int32_t result = path_check_rename(from, to);

    if (result != RTTM_OK)
        return result;
    if (rename(from->text, to->text) == 0)
        return RTTM_OK;
    result = rttm_result_of_open();
    if (result == RTTM_ERROR_EXISTS)
    {
        result = path_remove_target(from, to);
        if (result == RTTM_OK && rename(from->text, to->text) != 0)
            result = rttm_result_of_open();
    }
    return result;
}

/* Its frame, with two paths, is larger than a guard. */
__attribute__((noinline)) static int32_t path_enter_and_rename(const char *from_text, uint32_t from_length,
                                                               const char *to_text, uint32_t to_length)
{
    struct rttm_path from;
    struct rttm_path to;
    int32_t          result = rttm_path_enter(&from, from_text, from_length);

    if (result != RTTM_OK)
        return result;
    result = rttm_path_enter(&to, to_text, to_length);
    if (result == RTTM_OK)
    {
        rttm_lock_opens();
        result = path_rename(&from, &to);
        rttm_unlock_opens();
        rttm_path_leave(&to);
    }
    rttm_path_leave(&from);
    return result;
}

int32_t rttm_file_rename(const char *from_text, uint32_t from_length, const char *to_text, uint32_t to_length)
{
    int32_t result = rttm_may_wait();

    if (result != RTTM_OK)
        return result;
    rttm_stack_demand(RTTM_STACK_NEED_FILE);
    return path_enter_and_rename(from_text, from_length, to_text, to_length);
}
RTM_EXPORT(rttm_file_rename)

#endif /* RTT_MOD_USING_FILE */
