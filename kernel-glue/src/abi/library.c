/* SPDX-License-Identifier: Apache-2.0 */
/* Libraries: modules that a program loads to call their functions. A handle is the kernel's, as that of dlopen. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_LIBRARY

#include <string.h>

#include <rtthread.h>
#include <dlfcn.h>
#include <rtm.h>

#include "../contain/stack_demand.h"
#include "../module/find.h"
#include "../module/load.h"
#include "../module/upcall.h"
#include "../port/compat.h"
#include "rtt_mod.h"

/* A copy of `length` bytes of text with a NUL, for rt_free. */
static char *terminated(const char *text, rt_uint32_t length)
{
    char *copy = rt_malloc(length + 1);

    if (copy != RT_NULL)
    {
        rt_memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

/* What the calling module has opened from `path` and not closed, or RT_NULL. In a critical section. */
static struct rttm_module *find_opened(const char *path)
{
    const struct rttm_module *opener = rttm_current_module();
    struct rttm_module       *module;

    RTTM_FOR_EACH_MODULE(module)
    {
        if (module->state == RTTM_STATE_LIBRARY && module->owner == opener && module->path != RT_NULL &&
            strcmp(module->path, path) == 0)
            return module;
    }
    return RT_NULL;
}

/* A library that is open already, with one more reference; or RT_NULL. */
static struct rttm_module *open_again(const char *path)
{
    struct rttm_module *module;

    rt_enter_critical();
    module = find_opened(path);
    if (module != RT_NULL)
        module->kernel->nref++;
    rt_exit_critical();
    return module;
}

/* Takes over `absolute`, the path from the root. */
static int32_t open_first(const char *path, char *absolute, struct rttm_module **module)
{
    int32_t result = RTTM_LIBRARY_NOT_FOUND;

    if (rttm_is_there(absolute))
        result = rttm_load(path, RTTM_USE_LIBRARY, module) == RTTM_LOADED_TO_USE ? RTTM_LIBRARY_OPENED
                                                                                 : RTTM_LIBRARY_REFUSED;
    if (result == RTTM_LIBRARY_OPENED)
        rttm_module_set_path(*module, absolute);
    else
        rt_free(absolute);
    return result;
}

static int32_t library_open_file(const char *path, struct rttm_library **library)
{
    char               *absolute = dfs_normalize_path(RT_NULL, path);
    struct rttm_module *module;
    int32_t             result = RTTM_LIBRARY_OPENED;

    if (absolute == RT_NULL) /* above the root, or no memory */
        return RTTM_LIBRARY_NOT_FOUND;
    module = open_again(absolute);
    if (module != RT_NULL)
        rt_free(absolute);
    else
        result = open_first(path, absolute, &module);
    if (result == RTTM_LIBRARY_OPENED)
        *library = (struct rttm_library *)module->kernel;
    return result;
}

int32_t rttm_library_open(const char *path, uint32_t path_length, struct rttm_library **library)
{
    int32_t result;
    char   *file;

    if (memchr(path, '\0', path_length) != RT_NULL)
        return RTTM_LIBRARY_NOT_FOUND;
    if (!rttm_may_load_here(path, path_length))
        return RTTM_LIBRARY_REFUSED;
    rttm_stack_demand(RTTM_STACK_NEED_LIBRARY);
    file = terminated(path, path_length);
    if (file == RT_NULL)
    {
        rt_kprintf("no memory for the path of a library\n");
        return RTTM_LIBRARY_REFUSED;
    }
    result = library_open_file(file, library);
    rt_free(file);
    return result;
}
RTM_EXPORT(rttm_library_open)

void *rttm_library_symbol(struct rttm_library *library, const char *name, uint32_t name_length)
{
    const struct rt_dlmodule *module = (const struct rt_dlmodule *)library;
    int                       i;

    for (i = 0; i < module->nsym; i++)
    {
        const struct rt_module_symtab *symbol = &module->symtab[i];

        if (strncmp(symbol->name, name, name_length) == 0 && symbol->name[name_length] == '\0')
            return symbol->addr;
    }
    return RT_NULL;
}
RTM_EXPORT(rttm_library_symbol)

void rttm_library_close(struct rttm_library *library)
{
    dlclose(library);
}
RTM_EXPORT(rttm_library_close)

#endif /* RTT_MOD_USING_LIBRARY */
