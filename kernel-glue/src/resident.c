/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>

#include "app.h"
#include "end.h"
#include "guard.h"
#include "load.h"
#include "resident.h"

/* The exit code of a program that is unloaded. */
#define EXIT_UNLOADED (-1)

static rt_bool_t is_called(const struct rt_dlmodule *module, const char *name)
{
    return rt_strncmp(module->parent.name, name, RT_NAME_MAX) == 0;
}

/*
 * The module called `name`, other than `except`, that `is_wanted`; RT_NULL without one. Call it in a critical section.
 */
static struct rt_dlmodule *find(const char *name, const struct rt_dlmodule *except,
                                rt_bool_t (*is_wanted)(const struct rt_dlmodule *module))
{
    struct rt_object_information *modules = rt_object_get_information(RT_Object_Class_Module);
    struct rt_dlmodule           *found = RT_NULL;
    rt_list_t                    *node;

    rt_list_for_each(node, &modules->object_list)
    {
        struct rt_dlmodule *module = (struct rt_dlmodule *)rt_list_entry(node, struct rt_object, list);

        if (module != except && is_called(module, name) && is_wanted(module))
            found = module;
    }
    return found;
}

rt_bool_t rttm_other_resident(const struct rt_dlmodule *module)
{
    rt_bool_t found;

    rt_enter_critical();
    found = find(module->parent.name, module, rttm_is_resident) != RT_NULL;
    rt_exit_critical();
    return found;
}

static rt_bool_t any(const struct rt_dlmodule *module)
{
    (void)module;
    return RT_TRUE;
}

/* Why `module` can't be ended, or RT_NULL. */
static const char *indispensable(const struct rt_dlmodule *module)
{
    if (module == RT_NULL)
        return "no module has this name; see `mod list`";
    if (rttm_is_ending(module))
        return "ends already";
    if (module == rttm_current_module())
        return "can't be unloaded by itself";
    if (rttm_is_resident(module))
        return RT_NULL;
    if (module->main_thread == RT_NULL)
        return "is a library that others have open; it goes with them";
    return module->stat == RT_DLMODULE_STAT_RUNNING ? RT_NULL : "is just starting";
}

rt_bool_t rttm_unload(const char *name)
{
    char                short_name[RT_NAME_MAX];
    struct rt_dlmodule *module;
    const char         *reason;

    rttm_short_name(name, short_name);
    rt_enter_critical();
    module = find(short_name, RT_NULL, rttm_is_resident);
    if (module == RT_NULL)
        module = find(short_name, RT_NULL, any);
    reason = indispensable(module);
    if (reason == RT_NULL)
        rttm_claim_end(module, EXIT_UNLOADED);
    rt_exit_critical();

    if (reason != RT_NULL)
    {
        rt_kprintf("%s: %s\n", short_name, reason);
        return RT_FALSE;
    }
    rttm_end_claimed(module);
    return RT_TRUE;
}
