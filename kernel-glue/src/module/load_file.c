/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Loads a module from its file into memory by the loader: see loader.h.
 *
 * The file is read in pieces, so the heap has no more of it than the image. The module also gets an object of the kernel,
 * with the fields that the functions of dlmodule read.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <rthw.h>

#include "../port/compat.h"
#include "../port/kernel_object.h"
#include "constructors.h"
#include "image_memory.h"
#include "load_file.h"
#include "loader.h"
#include "loading.h"
#include "record.h"
#include "refuse.h"
#include "stand_in.h"

/* The stack of a program that says nothing of it. dlmodule gives 2048 bytes, whatever the processor: too few for `dlopen`. */
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
#define STACK_BYTES_USUAL 2560u
#else
#define STACK_BYTES_USUAL 4096u
#endif

/* The largest image and alignment. rt_malloc would round a size near 4 GiB up to 0. */
#define IMAGE_MAX 0x3FFFFFFFu

/* In place of a file's number, for bytes in memory. */
#define NO_FILE (-1)

/* What is made of a file. */
struct placed
{
    void               *image;
    rt_uint32_t         image_bytes;
    rt_uint32_t         code_bytes;
    rt_uint32_t         padding; /* at the beginning of the image, for its alignment */
    rt_uint8_t          build_id[RTTM_BUILD_ID_BYTES];
    rt_bool_t           uses_abi; /* its `module_init` only says so */
    rt_bool_t           stack_is_proven;
    rt_bool_t           timers_need_threads;
    rt_uint32_t         frame_bytes;
    struct rttm_symbols symbols;
    struct rttm_loaded  loaded;
#ifdef RTTM_HAS_MEMHEAPS
    struct rt_memheap *memheap; /* for the image; RT_NULL: the kernel's heap */
#endif
};

/* The state of a load. In the heap, because a thread that opens a library may have a small stack. */
struct load
{
    struct rttm_pieces      file;
    struct rttm_load_errors errors;
    struct placed          *placed;
#ifdef RTT_MOD_USING_MEMHEAP
    char unaccepted[80]; /* what `errors.unaccepted` may point to */
#endif
};

static int32_t load_read(void *context, uint32_t offset, void *bytes, uint32_t length)
{
    struct load *load = context;

    return rttm_pieces_read(&load->file, offset, bytes, length) ? 0 : -1;
}

static void load_refuse(void *context, const struct rttm_load_error *error)
{
    struct load *load = context;

    rttm_load_errors_add(&load->errors, error);
}

#ifdef RTT_MOD_USING_MEMHEAP

/* Takes the memheap `name` for the image. RT_NULL, or an error. */
static const char *choose_memheap(struct load *load, const char *name)
{
    if (rttm_memheap_find(name, &load->placed->memheap))
        return RT_NULL;
    rt_snprintf(load->unaccepted, sizeof load->unaccepted, "the firmware has no memheap `%.31s` for its image", name);
    return load->unaccepted;
}

/* Its name is behind the target. */
static const char *choose_memory(struct load *load, const struct rttm_claims *claims)
{
    return claims->is_in_memheap ? choose_memheap(load, claims->target + rt_strlen(claims->target) + 1) : RT_NULL;
}

#else

static const char *choose_memory(struct load *load, const struct rttm_claims *claims)
{
    (void)load;
    (void)claims;
    return RT_NULL;
}

#endif

static int32_t load_accept(void *context, uint32_t flags, const struct rttm_claims *claims)
{
    struct load *load = context;
    const char  *wrong = rttm_check_flags(flags);

    if (wrong == RT_NULL && claims != RT_NULL)
        wrong = rttm_check_target(claims->target);
    if (wrong == RT_NULL && claims != RT_NULL)
        wrong = choose_memory(load, claims);
    if (claims != RT_NULL)
    {
        load->placed->uses_abi = claims->abi_major != 0;
        load->placed->frame_bytes = claims->largest_frame;
        load->placed->stack_is_proven = claims->stack_is_proven != 0;
        load->placed->timers_need_threads = claims->timers_need_threads != 0;
        load->errors.abi_major = claims->abi_major;
        load->errors.abi_minor = claims->abi_minor;
        rt_memcpy(load->placed->build_id, claims->build_id, sizeof load->placed->build_id);
    }
    load->errors.unaccepted = wrong;
    return wrong == RT_NULL;
}

static rt_bool_t allocate_image(struct placed *placed, const struct rttm_need *need)
{
    /* rt_malloc gives multiples of RT_ALIGN_SIZE. */
    rt_uint32_t padding = need->alignment > RT_ALIGN_SIZE ? need->alignment - RT_ALIGN_SIZE : 0;

    if (need->image_bytes > IMAGE_MAX || padding > IMAGE_MAX)
        return RT_FALSE;
    placed->image_bytes = need->image_bytes + padding;
    placed->image = rttm_image_allocate(placed->image_bytes, &placed->memheap);
    return placed->image != RT_NULL;
}

static void refuse_image(struct load *load, const struct rttm_need *need)
{
#ifdef RTT_MOD_USING_MEMHEAP
    const struct rt_memheap *memheap = load->placed->memheap;

    if (memheap != RT_NULL)
    {
        rttm_load_errors_add_memheap(&load->errors, memheap, need->image_bytes);
        return;
    }
#endif
    rttm_load_errors_add_memory(&load->errors, need->image_bytes);
}

static void *load_allocate(void *context, const struct rttm_need *need)
{
    struct load *load = context;
    rt_ubase_t   image;

    rttm_pieces_shrink(&load->file);
    if (!allocate_image(load->placed, need))
    {
        refuse_image(load, need);
        return RT_NULL;
    }
    image = RT_ALIGN((rt_ubase_t)load->placed->image, (rt_ubase_t)need->alignment);
    load->placed->padding = (rt_uint32_t)(image - (rt_ubase_t)load->placed->image);
    load->placed->code_bytes = load->placed->padding + need->code_bytes;
    return (void *)image;
}

static int32_t load_allocate_exports(void *context, uint32_t count, uint32_t name_bytes)
{
    struct load *load = context;

    if (rttm_symbols_allocate(&load->placed->symbols, count, name_bytes))
        return 1;
    rttm_load_errors_add_memory(&load->errors, load->placed->image_bytes);
    return 0;
}

static void load_keep(void *context, const char *name, uintptr_t address)
{
    struct load *load = context;

    rttm_symbols_add(&load->placed->symbols, name, (void *)address);
}

static void free_placed(const struct placed *placed)
{
    rt_free(placed->symbols.table);
    rttm_image_free(placed->image, placed->memheap);
}

static uintptr_t find_import(const char *name)
{
    return rttm_stand_in_for(rttm_find_export(name));
}

static rt_bool_t load_with_loader(struct load *load)
{
    const struct rttm_loader_kernel kernel = {
        .context = load,
        .file_bytes = load->file.file_bytes,
        .read = load_read,
        .find = find_import,
        .refuse = load_refuse,
        .accept = load_accept,
        .allocate = load_allocate,
        .allocate_exports = load_allocate_exports,
        .keep = load_keep,
    };
    int32_t is_loaded = rttm_loader_load(&kernel, &load->placed->loaded);

#ifndef RTT_MOD_USING_CONSTRUCTORS
    if (is_loaded && (load->placed->loaded.constructors.count | load->placed->loaded.destructors.count) != 0)
    {
        rttm_load_errors_add_text(&load->errors, "has constructors or destructors: this firmware calls none");
        is_loaded = 0;
    }
#endif
    rttm_load_errors_end(&load->errors);
    if (!is_loaded)
        free_placed(load->placed);
    return is_loaded != 0;
}

static rt_bool_t load_with(struct load *load, const struct rttm_source *source, int fd)
{
    const char *wrong = rttm_pieces_begin(&load->file, source, fd);

    load->errors.path = source->path;
    if (wrong == RT_NULL)
        return load_with_loader(load);
    rttm_load_errors_add_text(&load->errors, wrong);
    return RT_FALSE;
}

static rt_bool_t load_open(const struct rttm_source *source, int fd, struct placed *placed)
{
    struct load *load = rt_calloc(1, sizeof *load);
    rt_bool_t    is_loaded;

    if (load == RT_NULL)
    {
        rttm_refuse(source->path, "no memory to read it, %u bytes are free", (unsigned)rttm_free_bytes());
        return RT_FALSE;
    }
    load->placed = placed;
    is_loaded = load_with(load, source, fd);
    rttm_pieces_end(&load->file);
    rt_free(load);
    return is_loaded;
}

/* Loads the module into memory, without running any code of it. RT_FALSE when it is refused. */
static rt_bool_t place(const struct rttm_source *source, struct placed *placed)
{
    rt_bool_t is_loaded;
    int       fd = source->bytes == RT_NULL ? rttm_open_to_read(source->path) : NO_FILE;

    if (fd < 0 && source->bytes == RT_NULL)
    {
        rttm_refuse(source->path, "no such file, or it cannot be opened");
        return RT_FALSE;
    }
    *placed = (struct placed){.image = RT_NULL};
    is_loaded = load_open(source, fd, placed);
    if (fd >= 0)
        close(fd);
    return is_loaded;
}

/* The code was written as data, so the caches are cleaned before it runs. */
static void clean_caches(const struct rttm_module *module)
{
#ifdef RT_USING_CACHE
    rt_hw_cpu_dcache_ops(RT_HW_CACHE_FLUSH, module->image, (int)module->image_bytes);
    rt_hw_cpu_icache_ops(RT_HW_CACHE_INVALIDATE, module->image, (int)module->image_bytes);
#elif defined(__riscv)
    rttm_fence_code();
    (void)module;
#else
    (void)module;
#endif
}

/* Fills in the fields that dlmodule fills in. */
static void describe_module(struct rttm_module *module, const struct placed *placed)
{
    struct rt_dlmodule       *kernel = module->kernel;
    const struct rttm_loaded *loaded = &placed->loaded;

    rttm_object_make_kernels(&kernel->parent); /* even if a module loads it: the record has its owner */
    rt_memcpy(kernel->parent.name, module->name, RT_NAME_MAX);
    kernel->mem_space = placed->image;
    kernel->mem_size = placed->image_bytes;
    kernel->symtab = placed->symbols.table;
    kernel->nsym = placed->symbols.count;
    kernel->entry_addr = (rt_dlmodule_entry_func_t)loaded->entry;
    kernel->init_func = (rt_dlmodule_init_func_t)loaded->init;
    kernel->cleanup_func = (rt_dlmodule_cleanup_func_t)loaded->cleanup;
    kernel->nref = 1;
    if (loaded->priority <= RTTM_PRIORITY_LOWEST)
        kernel->priority = (rt_uint16_t)loaded->priority;
    if (loaded->stack_bytes >= RTTM_STACK_BYTES_MIN && loaded->stack_bytes <= RTTM_STACK_BYTES_MAX)
        kernel->stack_size = (rt_uint32_t)rttm_align(loaded->stack_bytes);
    else if (kernel->stack_size < STACK_BYTES_USUAL)
        kernel->stack_size = STACK_BYTES_USUAL;
    module->image = placed->image;
    module->image_bytes = placed->image_bytes;
    module->code_bytes = placed->code_bytes;
    module->image_padding = placed->padding;
#ifdef RTTM_HAS_MEMHEAPS
    module->memheap = placed->memheap;
#endif
    rt_memcpy(module->build_id, placed->build_id, sizeof module->build_id);
    module->frame_bytes = placed->frame_bytes;
    module->stack_is_proven = placed->stack_is_proven;
    module->timers_need_threads = placed->timers_need_threads;
    module->entry = kernel->entry_addr;
}

/* RT_NULL without memory. */
static struct rttm_module *make_module(const char *name, const struct placed *placed)
{
    struct rttm_module *module = rttm_module_new(name);

    if (module == RT_NULL)
        return RT_NULL;
    if (rttm_constructors_keep(module, placed->loaded.constructors, placed->loaded.destructors))
        module->kernel = dlmodule_create();
    if (module->kernel == RT_NULL)
    {
        rttm_module_delete(module);
        return RT_NULL;
    }
    describe_module(module, placed);
    return module;
}

struct rttm_module *rttm_load_source(const struct rttm_source *source, const char *name)
{
    struct placed       placed;
    struct rttm_module *module;

    if (!place(source, &placed))
        return RT_NULL;
    module = make_module(name, &placed);
    if (module == RT_NULL)
    {
        free_placed(&placed);
        rttm_refuse_image(source->path, placed.image_bytes);
        return RT_NULL;
    }
    clean_caches(module);
    module->loader = rt_thread_self();
    if (!rttm_initialize(source->path, module, placed.uses_abi))
        return RT_NULL;
    module->loader = RT_NULL;
    return module;
}

rt_bool_t rttm_check_file(const char *path)
{
    const struct rttm_source source = rttm_source_file(path);
    struct placed            placed;

    if (!place(&source, &placed))
        return RT_FALSE;
    free_placed(&placed);
    return RT_TRUE;
}

#endif /* RT_USING_MODULE */
