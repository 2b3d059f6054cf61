/* SPDX-License-Identifier: Apache-2.0 */
/* Finds resident modules, and calls their `init`. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_RESIDENT

#include <rtthread.h>

#include "../port/compat.h"
#include "call.h"
#include "end.h"
#include "refuse.h"
#include "resident.h"

struct rttm_module *rttm_resident(const char *name)
{
    struct rttm_module *module;

    RTTM_FOR_EACH_MODULE(module)
    {
        if (module->state == RTTM_STATE_RESIDENT && rt_strncmp(module->name, name, RT_NAME_MAX) == 0)
            return module;
    }
    return RT_NULL;
}

const char *rttm_other_resident(const char *name)
{
    rt_bool_t found;

    rt_enter_critical();
    found = rttm_resident(name) != RT_NULL;
    rt_exit_critical();
    return found ? "a resident module of this name is loaded already" : RT_NULL;
}

const char *rttm_resident_unsuitable(const struct rttm_module *module, enum rttm_use use)
{
    if (use == RTTM_USE_LIBRARY)
        return "is a resident module, and no library: `mod load` loads it";
    return rttm_other_resident(module->name);
}

/* If it fails, the module is gone when the caller goes on. */
static rt_int32_t call_init(struct rttm_call *call)
{
    int32_t result = rttm_module_init(call->thread->module)();

    if (result != 0)
        rttm_exit_for(result, RTTM_CAUSE_INIT);
    return result;
}

/* After its `init` a module may already be gone, because a thread of its own has panicked. */
enum rttm_loaded rttm_resident_begin(const char *path, struct rttm_module *module)
{
    struct rttm_call *call = rttm_call_new(module, module->name, call_init, RT_NULL, sizeof *call);
    char              name[RT_NAME_MAX];
    rt_int32_t        result;

    if (call == RT_NULL)
    {
        rttm_refuse_thread(path, module->stack_bytes);
        rttm_discard(module);
        return RTTM_LOADED_NOT;
    }
    rt_memcpy(name, module->name, sizeof name);
    rttm_module_set_state(module, RTTM_STATE_RESIDENT);
    if (rttm_call(call, rttm_await_or_end, &result) == RTTM_CALL_ENDED)
    {
        rttm_refuse(path, "its init has ended the module with %s%u; it is not loaded", rttm_sign(result),
                    rttm_magnitude(result));
        return RTTM_LOADED_NOT;
    }
    rt_kputs(path);
    rt_kprintf(": loaded, until `mod unload %s`\n", name);
    return RTTM_LOADED_TO_STAY;
}

#endif /* RTT_MOD_USING_RESIDENT */
