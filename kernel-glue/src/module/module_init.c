/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls the `module_init` of a module, the first of its code that runs, and the constructors of a library. The `module_init`
 * of a module with the ABI only says what the module wants. All else may do anything, so it is called on a thread of the
 * module's.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "call.h"
#include "constructors.h"
#include "end.h"
#include "load_file.h"
#include "refuse.h"
#include "upcall.h"

/* A module without the ABI writes into the kernel's structure which stack and priority it wants. */
static void take_kernels(struct rttm_module *module)
{
    const struct rt_dlmodule *kernel = module->kernel;

    module->priority = (rt_uint8_t)(kernel->priority < RTTM_PRIORITY_LOWEST ? kernel->priority : RTTM_PRIORITY_LOWEST);
    module->stack_bytes = kernel->stack_size;
}

static void upcall_module_init(void *argument)
{
    struct rttm_module *module = argument;

    module->kernel->init_func(module->kernel);
}

static rt_int32_t call_module_init(struct rttm_call *call)
{
    upcall_module_init(call->thread->module);
    return 0;
}

static rt_int32_t call_constructors(struct rttm_call *call)
{
    rttm_construct(call->thread->module);
    return 0;
}

static const char ended[] = "its module_init or a constructor has ended the module; it is not loaded";

/* Does it on a thread. Returns why the module is not loaded, or RT_NULL. */
static const char *run_on_thread(struct rttm_module *module, rt_int32_t (*run)(struct rttm_call *))
{
    struct rttm_call *call = rttm_call_new(module, module->name, run, RT_NULL, sizeof *call);
    rt_int32_t        result;

    if (call != RT_NULL)
        return rttm_call(call, rttm_await_or_end, &result) == RTTM_CALL_ENDED ? ended : RT_NULL;
    rttm_discard(module);
    return "no memory for the thread of its module_init";
}

/* Returns why the module is not loaded, or RT_NULL. */
static const char *call_module_first(struct rttm_module *module, rt_bool_t uses_abi)
{
    if (module->kernel->init_func == RT_NULL)
        return RT_NULL;
    if (!uses_abi)
        return run_on_thread(module, call_module_init);
    return rttm_upcall(module, RT_NULL, RTTM_MAY_WAIT, upcall_module_init, module) ? RT_NULL : ended;
}

rt_bool_t rttm_initialize(const char *path, struct rttm_module *module, rt_bool_t uses_abi)
{
    const char *wrong;

    take_kernels(module);
    wrong = call_module_first(module, uses_abi);
    if (wrong == RT_NULL && module->app == RT_NULL)
        take_kernels(module);
    if (wrong == RT_NULL && !rttm_is_program(module) && rttm_has_constructors(module))
        wrong = run_on_thread(module, call_constructors);
    if (wrong != RT_NULL)
        rttm_refuse(path, "%s", wrong);
    return wrong == RT_NULL;
}

#endif /* RT_USING_MODULE */
