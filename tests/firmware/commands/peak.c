/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command `load_peak`, of the firmware for the tests of loads alone: loads and unloads a module, and tells how much
 * heap was in use at most meanwhile, and how much of it the file system takes for a moment when it opens the file.
 */
#include <rtthread.h>
#include <finsh.h>
#include <dlfcn.h>
#include <dlmodule.h>

#include "commands/kernel.h"

static rt_uint32_t peak;

static void allocated(void *block, rt_size_t size)
{
    rt_uint32_t used = used_bytes();

    (void)block;
    (void)size;
    if (used > peak)
        peak = used;
}

static rt_uint32_t opening_takes(const char *path)
{
    rt_uint32_t before = used_bytes();

    peak = before;
    rt_malloc_sethook(allocated);
    close(open(path, O_RDONLY, 0));
    rt_malloc_sethook(RT_NULL);
    return peak - before;
}

static rt_uint32_t loading_takes(const char *path, rt_uint32_t *image)
{
    rt_uint32_t         before = used_bytes();
    struct rt_dlmodule *module;

    peak = before;
    rt_malloc_sethook(allocated);
    module = dlmodule_load(path);
    rt_malloc_sethook(RT_NULL);
    *image = module->mem_size;
    dlclose(module);
    return peak - before;
}

static int load_peak(int argc, char **argv)
{
    rt_uint32_t opening, loading, image;

    if (argc != 2)
        return -1;
    dlclose(dlmodule_load(argv[1])); /* what the file system keeps from its first file on, it has then */
    opening = opening_takes(argv[1]);
    loading = loading_takes(argv[1], &image);
    rt_kprintf("bytes %u, to open %u, image %u\n", (unsigned)loading, (unsigned)opening, (unsigned)image);
    return 0;
}
MSH_CMD_EXPORT(load_peak, tell how much heap a load takes);
