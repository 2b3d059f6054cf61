/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command `load_all`, of the firmware for the fuzz tests alone: loads and unloads each file of a folder. Each
 * file's name is printed before it is loaded, so that the last one is the culprit of a fault.
 *
 * No code of a module runs: what a mutant has in its `module_init` may be anything. The kernel's own loader asks for its
 * address by dlsym, and kernel-glue has it from rttm_loader_load. Both are replaced here: the functions are only looked at.
 */
#include <string.h>

#include <rtthread.h>
#include <finsh.h>
#include <dlfcn.h>
#include <dlmodule.h>

#include "commands/kernel.h"
#include <../src/module/loader.h>

/* The functions behind those that kernel-glue and this file put in their place. */
struct rt_dlmodule *__real_dlmodule_load(const char *path);
void               *__real_dlsym(void *library, const char *name);
void               *__wrap_dlsym(void *library, const char *name);
int32_t             __real_rttm_loader_load(const struct rttm_loader_kernel *kernel, struct rttm_loaded *loaded);
int32_t             __wrap_rttm_loader_load(const struct rttm_loader_kernel *kernel, struct rttm_loaded *loaded);

typedef struct rt_dlmodule *loader(const char *path);

/* The functions that the kernel would call, of the module that was loaded last. */
static rt_ubase_t init_function;
static rt_ubase_t cleanup_function;

static rt_bool_t is_code_of(const struct rt_dlmodule *module, rt_ubase_t function)
{
    return (function & 1) == 1 && function - (rt_ubase_t)module->mem_space < module->mem_size;
}

static void check_function(const struct rt_dlmodule *module, const char *name, rt_ubase_t function)
{
    if (function != 0 && !is_code_of(module, function))
        rt_kprintf("wild %s\n", name);
}

void *__wrap_dlsym(void *library, const char *name)
{
    check_function(library, name, (rt_ubase_t)__real_dlsym(library, name));
    return RT_NULL;
}

int32_t __wrap_rttm_loader_load(const struct rttm_loader_kernel *kernel, struct rttm_loaded *loaded)
{
    int32_t is_loaded = __real_rttm_loader_load(kernel, loaded);

    if (is_loaded)
    {
        init_function = loaded->init;
        cleanup_function = loaded->cleanup;
        loaded->init = 0;
        loaded->cleanup = 0;
        loaded->constructors.count = 0;
        loaded->destructors.count = 0;
    }
    return is_loaded;
}

static void forget_functions(void)
{
    init_function = 0;
    cleanup_function = 0;
}

static void check_functions(const struct rt_dlmodule *module)
{
    rt_ubase_t entry = (rt_ubase_t)module->entry_addr;
    rt_ubase_t no_entry = (rt_ubase_t)module->mem_space - module->vstart_addr; /* dlmodule's for a library */

    check_function(module, "main", entry == no_entry ? 0 : entry);
    check_function(module, "module_init", init_function);
    check_function(module, "module_cleanup", cleanup_function);
    forget_functions(); /* a pointer into an image keeps it in memory */
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
        check_functions(module);
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
