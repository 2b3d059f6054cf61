/* SPDX-License-Identifier: Apache-2.0 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_RESIDENT

#include <rtthread.h>

#include "app.h"
#include "end.h"
#include "guard.h"
#include "module.h"
#include "refuse.h"
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

const char *rttm_resident_unsuitable(const struct rt_dlmodule *module, enum rttm_use use)
{
    if (use == RTTM_USE_LIBRARY)
        return "is a resident module, and no library: `mod load` loads it";
    return rttm_other_resident(module->parent.name, module);
}

struct init_call
{
    struct rt_dlmodule *module;
    int32_t             result;
    rt_bool_t           claimed; /* to be ended by who called */
};

static void call_init(void *argument)
{
    struct init_call *call = argument;

    call->result = rttm_app_init(call->module)();
    if (call->result != 0)
        call->claimed = rttm_claim_end(call->module, call->result, RTTM_CAUSE_INIT);
}

/* After its `init` a module may be gone, by a thread of its own that panics. */
enum rttm_loaded rttm_resident_begin(const char *path, const char *name, struct rt_dlmodule *module)
{
    struct init_call call = {module, 0, RT_FALSE};

    if (!rttm_call_module(module, RTTM_MAY_WAIT, call_init, &call))
    {
        rttm_refuse(path, "its init has ended the module; it is not loaded");
        return RTTM_LOADED_NOT;
    }
    if (call.claimed)
        rttm_end_claimed(module);
    if (call.result != 0)
    {
        rttm_refuse(path, "its init has failed; it is not loaded");
        return RTTM_LOADED_NOT;
    }
    rt_kputs(path);
    rt_kprintf(": loaded, until `mod unload %s`\n", name);
    return RTTM_LOADED_TO_STAY;
}

#endif /* RTT_MOD_USING_RESIDENT */
