/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command `load_short`, of the firmware for the tests of loads alone: loads and unloads a module again and again,
 * and each time another allocation of the load fails: first the first, then the second, until none is left to fail.
 */
#include <rtthread.h>
#include <finsh.h>
#include <dlfcn.h>
#include <dlmodule.h>

#include "commands/kernel.h"

/* The kernel's own, behind those of this file. */
void *__real_rt_malloc(rt_size_t size);
void *__real_rt_calloc(rt_size_t count, rt_size_t size);
void *__wrap_rt_malloc(rt_size_t size);
void *__wrap_rt_calloc(rt_size_t count, rt_size_t size);

static rt_thread_t loading;   /* whose allocations are counted */
static rt_uint32_t until_one; /* fails */

static rt_bool_t fails(void)
{
    return loading != RT_NULL && loading == rt_thread_self() && until_one != 0 && --until_one == 0;
}

void *__wrap_rt_malloc(rt_size_t size)
{
    return fails() ? RT_NULL : __real_rt_malloc(size);
}

void *__wrap_rt_calloc(rt_size_t count, rt_size_t size)
{
    return fails() ? RT_NULL : __real_rt_calloc(count, size);
}

/* Whether the allocation with this number, from 1, was asked for, and so has failed. */
static rt_bool_t load_without(rt_uint32_t number, const char *path)
{
    rt_uint32_t         before = used_bytes();
    struct rt_dlmodule *module;

    rt_kprintf("without %u\n", (unsigned)number);
    until_one = number;
    loading = rt_thread_self();
    module = dlmodule_load(path);
    loading = RT_NULL;
    if (module != RT_NULL)
        dlclose(module);
    if (used_bytes() != before)
        rt_kprintf("leaked %d\n", (int)(used_bytes() - before));
    rt_kprintf(module != RT_NULL ? "loaded\n" : "refused\n");
    return until_one == 0;
}

static int load_short(int argc, char **argv)
{
    rt_uint32_t number = 1;

    if (argc != 2)
        return -1;
    dlclose(dlmodule_load(argv[1])); /* what the file system keeps from its first file on, it has then */
    while (load_without(number, argv[1]))
        number++;
    return 0;
}
MSH_CMD_EXPORT(load_short, load a module with one allocation failing);
