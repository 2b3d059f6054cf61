/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Brings a module from its file into the kernel by way of our loader: see loader.h.
 *
 * The file is read in pieces, so that the heap never has more of it than the image. What dlmodule's functions need is
 * there: the module's object with its image and its symbols, which dlmodule_destroy gives back.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <rthw.h>

#include "../port/compat.h"
#include "exports.h"
#include "load_file.h"
#include "loader.h"
#include "module.h"
#include "pieces.h"
#include "processor.h"
#include "reasons.h"
#include "refuse.h"
#include "start.h"
#include "symbols.h"

/* No image is larger, and none is aligned to more. What is nearly 4 GiB, rt_malloc would round up to nothing. */
#define IMAGE_MAX 0x3FFFFFFFu

/* A file on its way into the kernel. In the heap, since a thread that opens a library may have a small stack. */
struct load
{
    struct rttm_pieces   file;
    struct rttm_reasons  reasons;
    struct rt_dlmodule  *module; /* RT_NULL until there is memory for all of it */
};

static int32_t read_piece(void *context, uint32_t offset, void *bytes, uint32_t length)
{
    struct load *load = context;

    return rttm_pieces_read(&load->file, offset, bytes, length) ? 0 : -1;
}

static void refuse(void *context, const struct rttm_reason *reason)
{
    struct load *load = context;

    rttm_reasons_tell(&load->reasons, reason);
}

static int32_t accept(void *context, uint32_t flags, const struct rttm_claims *claims)
{
    struct load *load = context;
    const char  *wrong = rttm_check_flags(flags);

    if (wrong == RT_NULL && claims != RT_NULL)
        wrong = rttm_check_target(claims->target);
    if (claims != RT_NULL)
    {
        load->reasons.abi_major = claims->abi_major;
        load->reasons.abi_minor = claims->abi_minor;
    }
    if (wrong != RT_NULL)
        rttm_reasons_say(&load->reasons, wrong);
    return wrong == RT_NULL;
}

static rt_bool_t allocate_parts(struct rt_dlmodule *module, const struct rttm_need *need)
{
    /* rt_malloc gives multiples of RT_ALIGN_SIZE. */
    rt_uint32_t padding = need->alignment > RT_ALIGN_SIZE ? need->alignment - RT_ALIGN_SIZE : 0;

    if (need->image_bytes > IMAGE_MAX || padding > IMAGE_MAX)
        return RT_FALSE;
    module->mem_size = need->image_bytes + padding;
    module->mem_space = rt_malloc(module->mem_size);
    return module->mem_space != RT_NULL && rttm_symbols_allocate(module, need->exports, need->name_bytes);
}

static void *allocate(void *context, const struct rttm_need *need)
{
    struct load        *load = context;
    struct rt_dlmodule *module = dlmodule_create();
    rt_ubase_t          image;

    load->module = module;
    if (module == RT_NULL || !allocate_parts(module, need))
    {
        rttm_reasons_memory(&load->reasons, need->image_bytes);
        return RT_NULL;
    }
    image = RT_ALIGN((rt_ubase_t)module->mem_space, (rt_ubase_t)need->alignment);
    return (void *)image;
}

static void keep(void *context, const char *name, uintptr_t address)
{
    struct load *load = context;

    rttm_symbols_add(load->module, name, (void *)address);
}

static rt_bool_t load_open_file(struct load *load, struct rttm_loaded *loaded)
{
    const struct rttm_loader_kernel kernel = {
        .context = load,
        .file_bytes = load->file.file_bytes,
        .read = read_piece,
        .find = rttm_find_export,
        .refuse = refuse,
        .accept = accept,
        .allocate = allocate,
        .keep = keep,
    };
    int32_t is_loaded = rttm_loader_load(&kernel, loaded);

    rttm_reasons_end(&load->reasons);
    if (!is_loaded && load->module != RT_NULL)
        dlmodule_destroy(load->module);
    return is_loaded != 0;
}

/* In front of the module's own code, which is written as data. */
static void clean_caches(const struct rt_dlmodule *module)
{
#ifdef RT_USING_CACHE
    rt_hw_cpu_dcache_ops(RT_HW_CACHE_FLUSH, module->mem_space, (int)module->mem_size);
    rt_hw_cpu_icache_ops(RT_HW_CACHE_INVALIDATE, module->mem_space, (int)module->mem_size);
#elif defined(__riscv)
    /* fence.i, which the assembler knows of some processors only; without it, no core need see what was written. */
    __asm volatile(".word 0x0000100F" ::: "memory");
    (void)module;
#else
    (void)module;
#endif
}

/* Fills in what dlmodule would. */
static void describe(struct rt_dlmodule *module, const struct rttm_loaded *loaded, const char *name)
{
    rt_strncpy(module->parent.name, name, RT_NAME_MAX);
    module->entry_addr = (rt_dlmodule_entry_func_t)loaded->entry;
    module->init_func = (rt_dlmodule_init_func_t)loaded->init;
    module->cleanup_func = (rt_dlmodule_cleanup_func_t)loaded->cleanup;
    module->nref = 1;
    if (loaded->priority <= RTTM_PRIORITY_LOWEST)
        module->priority = (rt_uint16_t)loaded->priority;
    if (loaded->stack_bytes >= RTTM_STACK_BYTES_MIN && loaded->stack_bytes <= RTTM_STACK_BYTES_MAX)
        module->stack_size = RT_ALIGN(loaded->stack_bytes, RT_ALIGN_SIZE);
}

static struct rt_dlmodule *load_with(struct load *load, const char *path, const char *name, int fd)
{
    const char        *wrong = rttm_pieces_begin(&load->file, fd);
    struct rttm_loaded loaded;

    load->reasons.path = path;
    if (wrong != RT_NULL)
        rttm_reasons_say(&load->reasons, wrong);
    else if (load_open_file(load, &loaded))
        describe(load->module, &loaded, name);
    else
        load->module = RT_NULL;
    return load->module;
}

static struct rt_dlmodule *load_open(const char *path, const char *name, int fd)
{
    struct load        *load = rt_calloc(1, sizeof *load);
    struct rt_dlmodule *module;

    if (load == RT_NULL)
    {
        rttm_refuse(path, "no memory to read it, %u bytes are free", (unsigned)rttm_free_bytes());
        return RT_NULL;
    }
    module = load_with(load, path, name, fd);
    rt_free(load);
    return module;
}

/* As rttm_load_file, but nothing of its code has run. Opens the file first, which takes memory for a while. */
static struct rt_dlmodule *load_file(const char *path, const char *name)
{
    struct rt_dlmodule *module;
    int                 fd = open(path, O_RDONLY, 0);

    if (fd < 0)
    {
        rttm_refuse(path, "no such file, or it cannot be opened");
        return RT_NULL;
    }
    module = load_open(path, name, fd);
    close(fd);
    return module;
}

struct rt_dlmodule *rttm_load_file(const char *path, const char *name)
{
    struct rt_dlmodule *module = load_file(path, name);

    if (module != RT_NULL)
    {
        clean_caches(module);
        rttm_start(module);
    }
    return module;
}

rt_bool_t rttm_check_file(const char *path)
{
    struct rt_dlmodule *module = load_file(path, "");

    if (module == RT_NULL)
        return RT_FALSE;
    module->cleanup_func = RT_NULL; /* there is nothing to clean up */
    dlmodule_destroy(module);
    return RT_TRUE;
}

#endif /* RT_USING_MODULE */
