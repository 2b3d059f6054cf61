/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>

#include "app.h"
#include "module.h"
#include "resident.h"

static struct rt_dlmodule *find(const char *name, const struct rt_dlmodule *except)
{
    struct rt_dlmodule *module;
    int                 i = 0;

    while ((module = rttm_module_at(i++)) != RT_NULL)
    {
        if (module != except && rt_strncmp(module->parent.name, name, RT_NAME_MAX) == 0 && rttm_is_resident(module))
            return module;
    }
    return RT_NULL;
}

struct rt_dlmodule *rttm_resident(const char *name)
{
    return find(name, RT_NULL);
}

const char *rttm_other_resident(const char *name, const struct rt_dlmodule *module)
{
    rt_bool_t found;

    rt_enter_critical();
    found = find(name, module) != RT_NULL;
    rt_exit_critical();
    return found ? "a resident module of this name is loaded already" : RT_NULL;
}
