/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Open files. Some functions of FAT do not do what the module ABI promises, so they are replaced here:
 *
 * - O_TRUNC creates files, and O_APPEND only has an effect at the open. Neither is used.
 * - A truncation loses clusters or the position, unless the position is already at the new end. So it is set there
 *   first.
 * - A seek past the end makes the file longer, with whatever the disk has there. So a position past the end is kept
 *   here, and the next write fills the gap with zeros.
 * - A write to a full volume writes nothing and reports no error. So a result of 0 is turned into one.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_FILE

#include <string.h>

#include <rtthread.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../module/record.h"
#include "../module/resource.h"
#include "../module/upcall.h"
#include "../module/wait.h"
#include "../port/compat.h"
#include "path.h"
#include "result.h"

#define ZEROS_AT_ONCE 64

struct rttm_file
{
    struct rttm_resource resource;
    int                  descriptor;
    off_t                ahead; /* how far the position is past the end */
    char                *path;  /* for rt_free */
    rt_uint8_t           flags; /* RTTM_FILE_… */
    rt_uint8_t           kind;
};

static void file_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_cancel_scope scope;

    (void)cause;
    rttm_cancel_disable(&scope);
    close(((struct rttm_file *)resource)->descriptor);
    rt_free(((struct rttm_file *)resource)->path);
    rttm_cancel_enable(&scope);
    rttm_resource_free(resource);
}

static const struct rttm_class file_class = {.release = file_release};

/* ---- open ------------------------------------------------------------------------------------------------------ */

static rt_bool_t file_is_writable(uint32_t flags)
{
    return (flags & (RTTM_FILE_WRITE | RTTM_FILE_APPEND)) != 0;
}

/* Whether the file can be opened, as far as its status tells. Two writers would corrupt FAT's tables. */
static int32_t file_check_open(const struct rttm_path *path, uint32_t flags)
{
    if (!path->exists)
        return flags & (RTTM_FILE_CREATE | RTTM_FILE_CREATE_NEW) ? RTTM_OK : RTTM_ERROR_NOT_FOUND;
    if (flags & RTTM_FILE_CREATE_NEW)
        return RTTM_ERROR_EXISTS;
    if (rttm_path_is_directory(path))
        return RTTM_ERROR_IS_DIRECTORY;
    if (!file_is_writable(flags) || rttm_kind(&path->status) != RTTM_KIND_FILE)
        return RTTM_OK;
    if (rttm_path_is_read_only(path))
        return RTTM_ERROR_PERMISSION;
    return rttm_is_open(path->text) ? RTTM_ERROR_BUSY : RTTM_OK;
}

static int file_open_mode(uint32_t flags)
{
    int mode = O_RDONLY;

    if (file_is_writable(flags))
        mode = flags & RTTM_FILE_READ ? O_RDWR : O_WRONLY;
    if (flags & (RTTM_FILE_CREATE | RTTM_FILE_CREATE_NEW))
        mode |= O_CREAT;
    if (flags & RTTM_FILE_CREATE_NEW)
        mode |= O_EXCL;
    return mode;
}

/* Where the kernel has devices. They have no end, and other rules. */
static rt_bool_t file_may_be_device(const struct rttm_path *path)
{
    return strncmp(path->text, "/dev/", 5) == 0;
}

/* The kernel's file of a serial port takes from the shell what arrives, and does not give it back. */
static rt_bool_t file_is_console(const struct rttm_path *path)
{
    rt_device_t console = rt_console_get_device();

    return console != RT_NULL && file_may_be_device(path) &&
           strncmp(path->text + 5, console->parent.name, RT_NAME_MAX) == 0;
}

/* Whether the status is read before the open. Otherwise the file system refuses what file_check_open would. */
static rt_bool_t file_is_checked_first(const struct rttm_path *path, uint32_t flags)
{
    return file_may_be_device(path) || (file_is_writable(flags) && rttm_is_open(path->text));
}

static int32_t file_check_path(struct rttm_path *path, uint32_t flags)
{
    int32_t result = rttm_path_stat(path);

    return result == RTTM_OK ? file_check_open(path, flags) : result;
}

static int32_t file_open_checked(struct rttm_path *path, uint32_t flags, int *descriptor)
{
    int32_t result = RTTM_OK;
    int32_t refusal;

    if (file_is_console(path))
        return RTTM_ERROR_BUSY;
    path->exists = RT_FALSE;
    if (!rttm_may_open(path->text) || file_is_checked_first(path, flags))
        result = file_check_path(path, flags);
    if (result == RTTM_OK && !rttm_may_open(path->text))
        result = RTTM_ERROR_BUSY;
    if (result != RTTM_OK)
        return result;
    *descriptor = open(path->text, file_open_mode(flags), 0666);
    if (*descriptor >= 0)
        return RTTM_OK;
    refusal = rttm_result_of_open();
    result = file_check_path(path, flags);
    return result == RTTM_OK ? refusal : result;
}

static int32_t file_open_descriptor(struct rttm_path *path, uint32_t flags, int *descriptor)
{
    rt_bool_t is_alone = RTTM_OPENS_ONCE || (file_is_writable(flags) && !file_may_be_device(path));
    int32_t   result;

    if (!is_alone)
        return file_open_checked(path, flags, descriptor);
    rttm_lock_opens();
    result = file_open_checked(path, flags, descriptor);
    rttm_unlock_opens();
    return result;
}

static int32_t file_open_at(struct rttm_path *path, uint32_t flags, struct rttm_file *file)
{
    int32_t result = file_open_descriptor(path, flags, &file->descriptor);

    if (result != RTTM_OK)
        return result;
    file->flags = (rt_uint8_t)flags;
    file->kind = path->exists ? (rt_uint8_t)rttm_kind(&path->status) : RTTM_KIND_FILE;
    file->path = path->text;
    if ((flags & RTTM_FILE_TRUNCATE) && file->kind == RTTM_KIND_FILE && ftruncate(file->descriptor, 0) != 0)
    {
        result = rttm_result_of_errno();
        close(file->descriptor);
    }
    return result;
}

int32_t rttm_file_open(const char *path_text, uint32_t path_length, uint32_t flags, struct rttm_file **file)
{
    struct rttm_file *made;
    struct rttm_path  path;
    int32_t           result;

    if (flags & (RTTM_FILE_TRUNCATE | RTTM_FILE_CREATE | RTTM_FILE_CREATE_NEW) && !file_is_writable(flags))
        return RTTM_ERROR_INVALID;
    result = rttm_path_begin(&path, path_text, path_length);
    if (result != RTTM_OK)
        return result;
    made = rttm_resource_new(&file_class, sizeof *made);
    result = made != RT_NULL ? file_open_at(&path, flags, made) : RTTM_ERROR_OUT_OF_MEMORY;
    if (result == RTTM_OK)
    {
        rttm_resource_enroll(&made->resource);
        *file = made;
        rttm_files_leave(&path.scope);
        return RTTM_OK;
    }
    if (made != RT_NULL)
        rttm_resource_free(&made->resource);
    rttm_path_leave(&path);
    return result;
}
RTM_EXPORT(rttm_file_open)

/* ---- where it stands ------------------------------------------------------------------------------------------- */

#define LONGEST_FILE ((uint64_t)(sizeof(off_t) == 4 ? INT32_MAX : INT64_MAX))

static off_t file_end(const struct rttm_file *file)
{
    return lseek(file->descriptor, 0, SEEK_END);
}

/* Moves a regular file, whose end is at `end`, to `position`. */
static int32_t file_seek_to(struct rttm_file *file, off_t position, off_t end)
{
    off_t within = position < end ? position : end;

    if (lseek(file->descriptor, within, SEEK_SET) != within)
        return rttm_result_of_errno();
    file->ahead = position - within;
    return RTTM_OK;
}

static int32_t file_seek(struct rttm_file *file, int64_t offset, uint32_t whence, uint64_t *position)
{
    off_t   here = lseek(file->descriptor, 0, SEEK_CUR) + file->ahead;
    off_t   end = file_end(file);
    int64_t base = whence == RTTM_SEEK_CURRENT ? here : whence == RTTM_SEEK_END ? end : 0;
    int32_t result;

    if (here < 0 || end < 0)
        return rttm_result_of_errno();
    if (offset < -base || (offset > 0 && (uint64_t)offset > LONGEST_FILE - (uint64_t)base))
    {
        file_seek_to(file, here, end);
        return RTTM_ERROR_INVALID;
    }
    result = file_seek_to(file, (off_t)(base + offset), end);
    *position = (uint64_t)(base + offset);
    return result;
}

/* Seeks in a device, which has no end and may have no positions. */
static int32_t file_seek_device(struct rttm_file *file, int64_t offset, uint32_t whence, uint64_t *position)
{
    static const int whences[] = {SEEK_SET, SEEK_CUR, SEEK_END};
    off_t            reached = lseek(file->descriptor, (off_t)offset, whences[whence]);

    if (reached < 0)
        return rttm_result_of_errno();
    *position = (uint64_t)reached;
    return RTTM_OK;
}

int32_t rttm_file_seek(struct rttm_file *file, int64_t offset, uint32_t whence, uint64_t *position)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (whence > RTTM_SEEK_END)
        return RTTM_ERROR_INVALID;
    result = rttm_files_enter(&scope);
    if (result != RTTM_OK)
        return result;
    result = file->kind == RTTM_KIND_FILE ? file_seek(file, offset, whence, position)
                                          : file_seek_device(file, offset, whence, position);
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_file_seek)

/* ---- read and write -------------------------------------------------------------------------------------------- */

/* The largest length that fits into a result. */
static uint32_t file_clamp_length(uint32_t bytes)
{
    return bytes < INT32_MAX ? bytes : INT32_MAX;
}

int32_t rttm_file_read(struct rttm_file *file, void *bytes, uint32_t capacity)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (!(file->flags & RTTM_FILE_READ))
        return RTTM_ERROR_PERMISSION;
    if (file->ahead > 0 || capacity == 0)
        return 0;
    result = rttm_files_enter(&scope);
    if (result != RTTM_OK)
        return result;
    result = (int32_t)read(file->descriptor, bytes, file_clamp_length(capacity));
    if (result < 0)
        result = rttm_result_of_errno();
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_file_read)

static int32_t file_write_some(const struct rttm_file *file, const void *bytes, uint32_t length)
{
    int32_t written = (int32_t)write(file->descriptor, bytes, file_clamp_length(length));

    if (written < 0)
        return rttm_result_of_errno();
    return written == 0 && file->kind == RTTM_KIND_FILE ? RTTM_ERROR_NO_SPACE : written;
}

/* Writes zeros from the end of the file up to its position, which may take long: an end of the module does not wait for it. */
static int32_t file_fill_gap(struct rttm_file *file)
{
    static const char         zeros[ZEROS_AT_ONCE];
    const struct rttm_module *module = rttm_current_module();

    while (file->ahead > 0)
    {
        int32_t written =
            file_write_some(file, zeros, file->ahead < ZEROS_AT_ONCE ? (uint32_t)file->ahead : ZEROS_AT_ONCE);

        if (module != RT_NULL && rttm_is_over(module))
            return RTTM_ERROR_INTERRUPTED;
        if (written < 0)
            return written;
        file->ahead -= written;
    }
    return RTTM_OK;
}

static int32_t file_write_at_position(struct rttm_file *file, const void *bytes, uint32_t length)
{
    int32_t result = RTTM_OK;

    if (file->kind == RTTM_KIND_FILE && (file->flags & RTTM_FILE_APPEND))
        result = file_seek_to(file, file_end(file), file_end(file));
    if (result == RTTM_OK)
        result = file_fill_gap(file);
    return result == RTTM_OK ? file_write_some(file, bytes, length) : result;
}

int32_t rttm_file_write(struct rttm_file *file, const void *bytes, uint32_t length)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (!file_is_writable(file->flags))
        return RTTM_ERROR_PERMISSION;
    if (length == 0)
        return 0;
    result = rttm_files_enter(&scope);
    if (result != RTTM_OK)
        return result;
    result = file_write_at_position(file, bytes, length);
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_file_write)

int32_t rttm_file_sync(struct rttm_file *file)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (file->kind != RTTM_KIND_FILE)
        return RTTM_OK;
    result = rttm_files_enter(&scope);
    if (result != RTTM_OK)
        return result;
    if (fsync(file->descriptor) < 0)
        result = rttm_result_of_errno();
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_file_sync)

/* ---- length and status ----------------------------------------------------------------------------------------- */

static int32_t file_shorten(const struct rttm_file *file, off_t length)
{
    if (lseek(file->descriptor, length, SEEK_SET) != length || ftruncate(file->descriptor, length) != 0)
        return rttm_result_of_errno();
    return RTTM_OK;
}

static int32_t file_lengthen(struct rttm_file *file, off_t length, off_t end)
{
    int32_t result = file_seek_to(file, length, end);

    if (result == RTTM_OK)
        result = file_fill_gap(file);
    if (result != RTTM_OK)
        file_shorten(file, end); /* what there was room for is given back */
    return result;
}

static int32_t file_set_length(struct rttm_file *file, off_t length)
{
    off_t   here = lseek(file->descriptor, 0, SEEK_CUR) + file->ahead;
    off_t   end = file_end(file);
    int32_t result;

    if (here < 0 || end < 0)
        return rttm_result_of_errno();
    result = length < end ? file_shorten(file, length) : file_lengthen(file, length, end);
    file_seek_to(file, here, file_end(file));
    return result;
}

int32_t rttm_file_set_length(struct rttm_file *file, uint64_t length)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (!file_is_writable(file->flags))
        return RTTM_ERROR_PERMISSION;
    if (file->kind != RTTM_KIND_FILE || length > LONGEST_FILE)
        return RTTM_ERROR_INVALID;
    result = rttm_files_enter(&scope);
    if (result != RTTM_OK)
        return result;
    result = file_set_length(file, (off_t)length);
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_file_set_length)

/* The length in the directory may be out of date, and 4.x reports devices as files. */
static int32_t file_status(struct rttm_file *file, struct rttm_file_status *status)
{
    struct stat kernel;
    off_t       here;
    off_t       end;

    if (fstat(file->descriptor, &kernel) != 0)
        return rttm_result_of_errno();
    rttm_status(&kernel, status);
    status->kind = file->kind;
    status->read_only = stat(file->path, &kernel) == 0 && (kernel.st_mode & S_IWUSR) == 0;
    status->length = 0;
    if (file->kind != RTTM_KIND_FILE)
        return RTTM_OK;
    here = lseek(file->descriptor, 0, SEEK_CUR) + file->ahead;
    end = file_end(file);
    if (here < 0 || end < 0)
        return rttm_result_of_errno();
    status->length = (uint64_t)end;
    return file_seek_to(file, here, end);
}

int32_t rttm_file_status_open(struct rttm_file *file, struct rttm_file_status *status)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_files_enter(&scope);

    if (result != RTTM_OK)
        return result;
    result = file_status(file, status);
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_file_status_open)

#endif /* RTT_MOD_USING_FILE */
