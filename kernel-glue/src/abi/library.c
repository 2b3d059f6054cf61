/* SPDX-License-Identifier: Apache-2.0 */
/* Libraries: modules that a program loads to call their functions. A handle is the kernel's, as that of dlopen. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_LIBRARY

#include <string.h>

#include <rtthread.h>
#include <dlfcn.h>
#include <rtm.h>

#include "../module/find.h"
#include "../module/load.h"
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

static int32_t library_open_file(const char *path, struct rttm_library **library)
{
    struct rttm_module *module;

    if (!rttm_is_there(path))
        return RTTM_LIBRARY_NOT_FOUND;
    if (rttm_load(path, RTTM_USE_LIBRARY, &module) != RTTM_LOADED_TO_USE)
        return RTTM_LIBRARY_REFUSED;
    *library = (struct rttm_library *)module->kernel;
    return RTTM_LIBRARY_OPENED;
}

int32_t rttm_library_open(const char *path, uint32_t path_length, struct rttm_library **library)
{
    int32_t result;
    char   *file;

    if (memchr(path, '\0', path_length) != RT_NULL)
        return RTTM_LIBRARY_NOT_FOUND;
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
