/* SPDX-License-Identifier: Apache-2.0 */
/* Loads a module for its use, or says why not. */
#include <rtthread.h>

#include "library.h"
#include "load.h"
#include "load_file.h"
#include "module.h"
#include "refuse.h"

/*
 * The part between the last '/' and the last '.', cut: with RT_NAME_MAX characters or more, dlmodule overwrites the type
 * of the module's kernel object.
 */
static void set_short_name(const char *path, char name[RT_NAME_MAX])
{
    const char *first = path;
    const char *end = RT_NULL;
    rt_size_t   length;

    for (; *path != '\0'; path++)
    {
        if (*path == '/')
        {
            first = path + 1;
            end = RT_NULL;
        }
        if (*path == '.')
            end = path;
    }
    length = (rt_size_t)((end != RT_NULL ? end : path) - first);
    if (length > RT_NAME_MAX - 1)
    {
        length = RT_NAME_MAX - 1;
        while (length > 0 && (first[length] & 0xC0) == 0x80) /* not through a character */
            length--;
    }
    rt_memcpy(name, first, length);
    name[length] = '\0';
}

struct rt_dlmodule *rttm_load(const char *path, enum rttm_use use)
{
    char                name[RT_NAME_MAX];
    struct rt_dlmodule *module;

    set_short_name(path, name);
    module = rttm_load_file(path, name);
    if (module == RT_NULL)
        return RT_NULL;
    rttm_library_enroll(module, use == RTTM_USE_LIBRARY ? rttm_module_of_thread(rt_thread_self()) : RT_NULL);
    if (use == RTTM_USE_PROGRAM && module->entry_addr == RT_NULL)
    {
        rttm_refuse(path, "has no main: it is a library, for dlopen");
        dlmodule_destroy(module);
        return RT_NULL;
    }
    return module;
}
