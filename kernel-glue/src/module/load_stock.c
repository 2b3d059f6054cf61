/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Brings a module from its file into the kernel by way of dlmodule.
 *
 * The file is read and verified here; dlmodule then gets the bytes through `dlmodule_load_custom`.
 */
#include <rtthread.h>

#if defined(RT_USING_MODULE) && !defined(RTT_MOD_USING_LOADER)

#include <dlmodule.h>

#include "../port/compat.h"
#include "load_file.h"
#include "../port/processor.h"
#include "refuse.h"
#include "verify.h"

#ifndef RT_USING_CUSTOM_DLMODULE
#error "kernel-glue hands verified files to dlmodule: turn on RT_USING_CUSTOM_DLMODULE"
#endif

#define EXTENSION ".mo"

/* A file on its way into dlmodule, which gives its name back to read_pending. */
struct pending
{
    char        name[RT_NAME_MAX - 1 + sizeof EXTENSION];
    rt_uint8_t *bytes;
};

/* Reads all of an open file. RT_NULL when it refused. */
static rt_uint8_t *read_open_file(const char *path, int fd, rt_uint32_t *length)
{
    rt_uint8_t *bytes;
    int         size = (int)lseek(fd, 0, SEEK_END);

    if (size == 0)
    {
        rttm_refuse(path, "the file is empty");
        return RT_NULL;
    }
    if (size < 0 || lseek(fd, 0, SEEK_SET) != 0)
    {
        rttm_refuse(path, "cannot be read");
        return RT_NULL;
    }
    bytes = rt_malloc((rt_size_t)size);
    if (bytes == RT_NULL)
    {
        rttm_refuse(path, "no memory: the file takes %d bytes while it is loaded, %u are free", size,
               (unsigned)rttm_free_bytes());
        return RT_NULL;
    }
    *length = (rt_uint32_t)size;
    if (read(fd, bytes, (size_t)size) != size)
    {
        rttm_refuse(path, "cannot be read to its end");
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
        rttm_refuse(path, "no such file, or it cannot be opened");
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

static rt_bool_t is_loadable(const char *path, const rt_uint8_t *bytes, rt_uint32_t length, struct rttm_image *image)
{
    const char *wrong = rttm_verify(bytes, length, image);
    rt_bool_t   is_whole = wrong == RT_NULL;
    rt_bool_t   loads;

    if (is_whole)
        wrong = rttm_check_processor(bytes);
    if (wrong != RT_NULL)
        rttm_refuse(path, "%s; run `mkmod check` on it", wrong);
    if (!is_whole)
        return RT_FALSE;
    loads = imports_are_there(path, bytes) && wrong == RT_NULL;
    if (has_memory_for(image))
        return loads;
    rttm_refuse(path, "no memory: it needs %u bytes beside the %u of its file, %u are free", (unsigned)image->bytes,
                (unsigned)length, (unsigned)rttm_free_bytes());
    return RT_FALSE;
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

struct rt_dlmodule *rttm_load_file(const char *path, const char *name)
{
    static struct rt_dlmodule_ops ops = {read_pending, free_bytes};
    struct pending                pending;
    struct rttm_image             image;
    struct rt_dlmodule           *module;
    rt_uint32_t                   length;

    pending.bytes = read_file(path, &length);
    if (pending.bytes == RT_NULL)
        return RT_NULL;
    if (!is_loadable(path, pending.bytes, length, &image))
    {
        rt_free(pending.bytes);
        return RT_NULL;
    }
    rt_snprintf(pending.name, sizeof pending.name, "%s" EXTENSION, name);
    module = dlmodule_load_custom(pending.name, &ops);
    if (module == RT_NULL)
    {
        rttm_refuse(path, "refused by the kernel's loader; run `mkmod check` on it");
        return RT_NULL;
    }
    module->vstart_addr -= image.linked_at; /* the rest is the module's heap: see figures.c */
    if (!image.has_entry)
        module->entry_addr = RT_NULL; /* dlmodule makes it the image's first byte */
    return module;
}

rt_bool_t rttm_check_file(const char *path)
{
    struct rttm_image image;
    rt_uint32_t       length;
    rt_uint8_t       *bytes = read_file(path, &length);
    rt_bool_t         loads = bytes != RT_NULL && is_loadable(path, bytes, length, &image);

    rt_free(bytes);
    return loads;
}

#endif /* RT_USING_MODULE && !RTT_MOD_USING_LOADER */
