/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Brings a module from its file into the kernel, or says why not.
 *
 * The file is read and verified here; dlmodule then gets the bytes through `dlmodule_load_custom`, and a short name:
 * with a base name of RT_NAME_MAX characters or more it overwrites the type of the module's kernel object.
 */
#include <stdarg.h>
#include <stdio.h>

#include <rtthread.h>

#include "compat.h"
#include "library.h"
#include "load.h"
#include "module.h"
#include "processor.h"
#include "verify.h"

#ifndef RT_USING_CUSTOM_DLMODULE
#error "kernel-glue hands verified files to dlmodule: turn on RT_USING_CUSTOM_DLMODULE"
#endif

#define EXTENSION ".mo"

/* Why a module is refused that is loaded to be run. */
#define NO_MAIN "has no main: it is a library, for dlopen"

/* A file on its way into dlmodule, which gives its name back to read_pending. */
struct pending
{
    char        name[RT_NAME_MAX - 1 + sizeof EXTENSION];
    rt_uint8_t *bytes;
};

static void refuse(const char *path, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void refuse(const char *path, const char *format, ...)
{
    char    cause[112];
    va_list args;

    va_start(args, format);
    rt_vsnprintf(cause, sizeof cause, format, args);
    va_end(args);
    rt_kputs(path); /* it may be longer than rt_kprintf's buffer */
    rt_kprintf(": %s\n", cause);
}

/* Reads all of an open file. RT_NULL when it refused. */
static rt_uint8_t *read_open_file(const char *path, int fd, rt_uint32_t *length)
{
    rt_uint8_t *bytes;
    int         size = (int)lseek(fd, 0, SEEK_END);

    if (size == 0)
    {
        refuse(path, "the file is empty");
        return RT_NULL;
    }
    if (size < 0 || lseek(fd, 0, SEEK_SET) != 0)
    {
        refuse(path, "cannot be read");
        return RT_NULL;
    }
    bytes = rt_malloc((rt_size_t)size);
    if (bytes == RT_NULL)
    {
        refuse(path, "no memory: the file takes %d bytes while it is loaded, %u are free", size,
               (unsigned)rttm_free_bytes());
        return RT_NULL;
    }
    *length = (rt_uint32_t)size;
    if (read(fd, bytes, (size_t)size) != size)
    {
        refuse(path, "cannot be read to its end");
        rt_free(bytes);
        return RT_NULL;
    }
    return bytes;
}

static rt_uint8_t *read_file(const char *path, rt_uint32_t *length)
{
    rt_uint8_t *bytes;
    int         fd = open(path, O_RDONLY, 0);

    if (fd < 0)
    {
        refuse(path, "no such file, or it cannot be opened");
        return RT_NULL;
    }
    bytes = read_open_file(path, fd, length);
    close(fd);
    return bytes;
}

/* Whether the heap can give what the image will take: dlmodule doesn't look at every result of rt_malloc. */
static rt_bool_t has_memory_for(const struct rttm_image *image)
{
    void *probe = rt_malloc(image->bytes + image->symbol_bytes + sizeof(struct rt_dlmodule));

    rt_free(probe);
    return probe != RT_NULL;
}

/* A line about imports, as far as it is printed. */
struct missing_line
{
    const char *path;
    int         names;
};

static void print_missing(const char *name, void *context)
{
    struct missing_line *line = context;

    if (line->names++ == 0)
    {
        rt_kputs(line->path);
        rt_kputs(": the kernel does not export ");
    }
    else
    {
        rt_kputs(", ");
    }
    rt_kputs(name);
}

static rt_bool_t imports_are_there(const char *path, const rt_uint8_t *bytes)
{
    struct missing_line line = {path, 0};

    rttm_find_missing_imports(bytes, print_missing, &line);
    if (line.names != 0)
        rt_kputs("\n");
    return line.names == 0;
}

static rt_bool_t is_loadable(const char *path, const rt_uint8_t *bytes, rt_uint32_t length, enum rttm_use use)
{
    struct rttm_image image;
    const char       *wrong = rttm_verify(bytes, length, &image);

    if (wrong == RT_NULL)
        wrong = rttm_check_processor(bytes);
    if (wrong != RT_NULL)
    {
        refuse(path, "%s; run `mkmod check` on it", wrong);
        return RT_FALSE;
    }
    if (use == RTTM_USE_PROGRAM && !image.has_entry)
    {
        refuse(path, NO_MAIN);
        return RT_FALSE;
    }
    if (!imports_are_there(path, bytes))
        return RT_FALSE;
    if (!has_memory_for(&image))
    {
        refuse(path, "no memory: it needs %u bytes beside the %u of its file, %u are free", (unsigned)image.bytes,
               (unsigned)length, (unsigned)rttm_free_bytes());
        return RT_FALSE;
    }
    return RT_TRUE;
}

/* dlmodule takes the part between the last '/' and the last '.' for the name. */
static void set_short_name(struct pending *pending, const char *path)
{
    const char *first = path;
    const char *end = RT_NULL;
    rt_size_t   length;

    for (; *path != '\0'; path++)
    {
        if (*path == '/')
        {
            first = path + 1;
            end = RT_NULL;
        }
        if (*path == '.')
            end = path;
    }
    length = (rt_size_t)((end != RT_NULL ? end : path) - first);
    if (length > RT_NAME_MAX - 1)
    {
        length = RT_NAME_MAX - 1;
        while (length > 0 && (first[length] & 0xC0) == 0x80) /* not through a character */
            length--;
    }
    rt_snprintf(pending->name, sizeof pending->name, "%.*s" EXTENSION, (int)length, first);
}

static rt_uint8_t *read_pending(const char *name)
{
    return rt_list_entry(name, struct pending, name)->bytes;
}

static rt_err_t free_bytes(rt_uint8_t *bytes)
{
    rt_free(bytes);
    return RT_EOK;
}

struct rt_dlmodule *rttm_load(const char *path, enum rttm_use use)
{
    static struct rt_dlmodule_ops ops = {read_pending, free_bytes};
    struct pending                pending;
    struct rt_dlmodule           *module;
    rt_uint32_t                   length;

    pending.bytes = read_file(path, &length);
    if (pending.bytes == RT_NULL)
        return RT_NULL;
    if (!is_loadable(path, pending.bytes, length, use))
    {
        rt_free(pending.bytes);
        return RT_NULL;
    }
    set_short_name(&pending, path);
    module = dlmodule_load_custom(pending.name, &ops);
    if (module == RT_NULL)
    {
        refuse(path, "refused by the kernel's loader; run `mkmod check` on it");
        return RT_NULL;
    }
    rttm_library_enroll(module, use == RTTM_USE_LIBRARY ? rttm_module_of_thread(rt_thread_self()) : RT_NULL);
    if (use == RTTM_USE_PROGRAM && module->entry_addr == RT_NULL)
    {
        refuse(path, NO_MAIN);
        dlmodule_destroy(module);
        return RT_NULL;
    }
    return module;
}
