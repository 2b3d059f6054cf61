/* SPDX-License-Identifier: Apache-2.0 */
/* Directories: reading and creating them, and the working directory. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_FILE

#include <errno.h>
#include <string.h>

#include <rtthread.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../module/resource.h"
#include "../port/compat.h"
#include "path.h"
#include "result.h"

struct rttm_directory
{
    struct rttm_resource resource;
    DIR                 *kernel;
};

static void directory_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_cancel_scope scope;

    (void)cause;
    rttm_cancel_disable(&scope);
    closedir(((struct rttm_directory *)resource)->kernel);
    rttm_cancel_enable(&scope);
    rttm_resource_free(resource);
}

static const struct rttm_class directory_class = {.release = directory_release};

/* FAT would report that a file does not exist. */
static int32_t directory_check(const struct rttm_path *path)
{
    if (!path->exists)
        return RTTM_ERROR_NOT_FOUND;
    return rttm_path_is_directory(path) ? RTTM_OK : RTTM_ERROR_NOT_DIRECTORY;
}

static int32_t directory_open_at(const struct rttm_path *path, struct rttm_directory *directory)
{
    int32_t result = directory_check(path);

    if (result != RTTM_OK)
        return result;
    rt_set_errno(0);
    directory->kernel = rttm_open_directory(path->text);
    if (directory->kernel != RT_NULL)
        return RTTM_OK;
    result = rttm_result_of_open();
    return rttm_may_open(path->text) ? result : RTTM_ERROR_BUSY;
}

int32_t rttm_directory_open(const char *path_text, uint32_t path_length, struct rttm_directory **directory)
{
    struct rttm_directory *made;
    struct rttm_path       path;
    int32_t                result = rttm_path_enter(&path, path_text, path_length);

    if (result != RTTM_OK)
        return result;
    made = rttm_resource_new(&directory_class, sizeof *made);
    result = made != RT_NULL ? directory_open_at(&path, made) : RTTM_ERROR_OUT_OF_MEMORY;
    if (result == RTTM_OK)
    {
        rttm_resource_enroll(&made->resource);
        *directory = made;
    }
    else if (made != RT_NULL)
    {
        rttm_resource_free(&made->resource);
    }
    rttm_path_leave(&path);
    return result;
}
RTM_EXPORT(rttm_directory_open)

static uint32_t directory_entry_kind(const struct dirent *entry)
{
    if (entry->d_type == DT_DIR)
        return RTTM_KIND_DIRECTORY;
    return entry->d_type == DT_REG ? RTTM_KIND_FILE : RTTM_KIND_OTHER;
}

/* Some file systems list these names, but FAT does not. */
static rt_bool_t is_dot_entry(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int32_t directory_next(DIR *directory, char *name, uint32_t capacity, uint32_t *kind)
{
    const struct dirent *entry;
    uint32_t             length;

    do
    {
        rt_set_errno(0);
        entry = readdir(directory);
    } while (entry != RT_NULL && is_dot_entry(entry->d_name));
    if (entry == RT_NULL)
        return rt_get_errno() == 0 ? 0 : rttm_result_of_errno();
    length = (uint32_t)strlen(entry->d_name);
    rt_memcpy(name, entry->d_name, length < capacity ? length : capacity);
    *kind = directory_entry_kind(entry);
    return (int32_t)length;
}

int32_t rttm_directory_next(struct rttm_directory *directory, char *name, uint32_t capacity, uint32_t *kind)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_files_enter(&scope);

    if (result != RTTM_OK)
        return result;
    result = directory_next(directory->kernel, name, capacity, kind);
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_directory_next)

int32_t rttm_directory_create(const char *path_text, uint32_t path_length)
{
    struct rttm_path path;
    int32_t          result = rttm_path_enter(&path, path_text, path_length);

    if (result != RTTM_OK)
        return result;
    if (path.exists)
        result = RTTM_ERROR_EXISTS;
    else if (mkdir(path.text, 0777) != 0)
        result = rttm_result_of_open();
    rttm_path_leave(&path);
    return result;
}
RTM_EXPORT(rttm_directory_create)

/* ---- the working directory ------------------------------------------------------------------------------------- */

int32_t rttm_directory_current(char *path, uint32_t capacity)
{
    struct rttm_cancel_scope scope;
    char                    *absolute;
    uint32_t                 length;
    int32_t                  result = rttm_files_enter(&scope);

    if (result != RTTM_OK)
        return result;
    absolute = dfs_normalize_path(RT_NULL, ".");
    if (absolute != RT_NULL)
    {
        length = (uint32_t)strlen(absolute);
        rt_memcpy(path, absolute, length < capacity ? length : capacity);
        rt_free(absolute);
        result = (int32_t)length;
    }
    else
    {
        result = RTTM_ERROR_OUT_OF_MEMORY;
    }
    rttm_files_leave(&scope);
    return result;
}
RTM_EXPORT(rttm_directory_current)

int32_t rttm_directory_set_current(const char *path_text, uint32_t path_length)
{
    struct rttm_path path;
    int32_t          result = rttm_path_enter(&path, path_text, path_length);

    if (result != RTTM_OK)
        return result;
    result = directory_check(&path);
    if (result == RTTM_OK && rttm_change_directory(path.text) != 0)
        result = RTTM_ERROR; /* in 4.x, the release of a lock in chdir overwrites the error number */
    rttm_path_leave(&path);
    return result;
}
RTM_EXPORT(rttm_directory_set_current)

#endif /* RTT_MOD_USING_FILE */
