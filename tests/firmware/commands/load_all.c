/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command `load_all`, of the firmware for the fuzz tests alone: loads and unloads each file of a folder. Each
 * file's name is printed before it is loaded, so that the last one is the culprit of a fault.
 *
 * No code of a module runs: what a mutant has in its `module_init` may be anything. The kernel's own loader asks for its
 * address by dlsym, and ours calls it by rttm_start: here they only look whether it could be called.
 */
#include <string.h>

#include <rtthread.h>
#include <finsh.h>
#include <dlfcn.h>
#include <dlmodule.h>

#include "commands/kernel.h"

/* The kernel's own, behind those that kernel-glue and this file put in their place. */
struct rt_dlmodule *__real_dlmodule_load(const char *path);
void               *__real_dlsym(void *library, const char *name);
void               *__wrap_dlsym(void *library, const char *name);

typedef struct rt_dlmodule *loader(const char *path);

static rt_bool_t is_code_of(const struct rt_dlmodule *module, rt_uint32_t function)
{
    return (function & 1) == 1 && function - (rt_uint32_t)module->mem_space < module->mem_size;
}

void *__wrap_dlsym(void *library, const char *name)
{
    void *function = __real_dlsym(library, name);

    if (function != RT_NULL && !is_code_of(library, (rt_uint32_t)function))
        rt_kprintf("wild %s\n", name);
    return RT_NULL;
}

void __wrap_rttm_start(struct rt_dlmodule *module);

void __wrap_rttm_start(struct rt_dlmodule *module)
{
    if (module->init_func != RT_NULL && !is_code_of(module, (rt_uint32_t)module->init_func))
        rt_kprintf("wild module_init\n");
    if (module->cleanup_func != RT_NULL && !is_code_of(module, (rt_uint32_t)module->cleanup_func))
        rt_kprintf("wild module_cleanup\n");
    module->cleanup_func = RT_NULL;
}

static void check_entry(const struct rt_dlmodule *module)
{
    rt_uint32_t entry = (rt_uint32_t)module->entry_addr;
    rt_uint32_t no_entry = (rt_uint32_t)module->mem_space - module->vstart_addr; /* dlmodule's for a library */

    if (entry != 0 && entry != no_entry && !is_code_of(module, entry))
        rt_kprintf("wild main\n");
}

static void load_and_unload(const char *folder, const char *name, loader *load)
{
    char                path[64];
    struct rt_dlmodule *module;
    rt_uint32_t         before = used_bytes();

    rt_snprintf(path, sizeof path, "%s/%s", folder, name);
    rt_kprintf("load %s\n", name);
    module = load(path);
    if (module != RT_NULL)
    {
        check_entry(module);
        dlclose(module);
    }
    if (used_bytes() != before)
        rt_kprintf("leaked %d\n", (int)(used_bytes() - before));
    rt_kprintf(module != RT_NULL ? "loaded\n" : "refused\n");
}

static int load_all(int argc, char **argv)
{
    loader        *load = argc > 2 && strcmp(argv[2], "glue") == 0 ? dlmodule_load : __real_dlmodule_load;
    DIR           *folder = argc > 1 ? opendir(argv[1]) : RT_NULL;
    struct dirent *file;

    if (folder == RT_NULL)
    {
        rt_kprintf("load_all FOLDER [glue]\n");
        return -1;
    }
    while ((file = readdir(folder)) != RT_NULL)
    {
        if (strstr(file->d_name, ".mo") != RT_NULL)
            load_and_unload(argv[1], file->d_name, load);
    }
    closedir(folder);
    return 0;
}
MSH_CMD_EXPORT(load_all, load and unload each module of a folder)
