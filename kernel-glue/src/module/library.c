/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Libraries: modules that others load, to call their functions.
 *
 * To the kernel, a module that a module loads is one of its objects, but one that `dlmodule_destroy` does not free:
 * without dlclose it stays behind, in a list whose head is gone. Here it is an object of the kernel's that knows its
 * owner. `dlmodule_destroy` is linked with `-Wl,--wrap=dlmodule_destroy`, and frees the libraries too: after the owner,
 * since until then a timer of the owner's may call them. Those of a module whose image is kept stay with it.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <string.h>

#include <dlfcn.h>
#include <rtm.h>

#include "find.h"
#include "../port/groups.h"
#include "kept.h"
#include "library.h"
#include "load.h"
#include "resource.h"
#include "rtt_mod.h"
#include "symbols.h"

/* What the linker makes of all calls of dlmodule_destroy, and the name that it then gives to the kernel's own. */
rt_err_t __wrap_dlmodule_destroy(struct rt_dlmodule *module);
rt_err_t __real_dlmodule_destroy(struct rt_dlmodule *module);

void rttm_library_enroll(struct rt_dlmodule *module, struct rt_dlmodule *owner)
{
    struct rt_object_information *modules = rt_object_get_information(RT_Object_Class_Module);

    rt_enter_critical();
    module->parent.module_id = owner;
    rt_list_remove(&module->parent.list);
    rt_list_insert_after(&modules->object_list, &module->parent.list);
    rt_exit_critical();
}

struct rt_dlmodule *rttm_library_owner(const struct rt_dlmodule *library)
{
    return library->parent.module_id;
}

static struct rt_dlmodule *library_of(const void *owner)
{
    struct rt_object_information *modules = rt_object_get_information(RT_Object_Class_Module);
    struct rt_dlmodule           *found = RT_NULL;
    rt_list_t                    *node;

    rt_enter_critical();
    rt_list_for_each(node, &modules->object_list)
    {
        struct rt_object *object = rt_list_entry(node, struct rt_object, list);

        if (object->module_id == owner)
            found = (struct rt_dlmodule *)object;
    }
    rt_exit_critical();
    return found;
}

rt_err_t __wrap_dlmodule_destroy(struct rt_dlmodule *module)
{
    struct rt_dlmodule *library;
    struct rt_dlmodule *kept;

    if (module == RT_NULL || module->stat == RT_DLMODULE_STAT_RUNNING)
        return __real_dlmodule_destroy(module);
    /* A new module may soon have this one's address. No module has that of a variable here. */
    while ((library = library_of(module)) != RT_NULL)
        library->parent.module_id = &kept;
    rttm_resources_release(module); /* of a library: a program's are given back before */
    rttm_symbols_free(module);
    kept = rttm_destroy_or_keep(module);
    while ((library = library_of(&kept)) != RT_NULL)
    {
        if (kept != RT_NULL)
            library->parent.module_id = kept;
        else
            dlmodule_destroy(library);
    }
    return kept == RT_NULL ? RT_EOK : -RT_EBUSY;
}

#ifdef RTT_MOD_USING_LIBRARY

/* `length` bytes of text with a NUL, for rt_free. */
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

static int32_t open_file(const char *path, struct rttm_library **library)
{
    struct rt_dlmodule *module;

    if (!rttm_is_there(path))
        return RTTM_LIBRARY_NOT_FOUND;
    if (rttm_load(path, RTTM_USE_LIBRARY, &module) != RTTM_LOADED_TO_USE)
        return RTTM_LIBRARY_REFUSED;
    *library = (struct rttm_library *)module;
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
    result = open_file(file, library);
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

#endif /* RT_USING_MODULE */
