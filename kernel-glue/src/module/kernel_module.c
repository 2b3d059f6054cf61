/* SPDX-License-Identifier: Apache-2.0 */
#include "kernel_module.h"

#ifndef RT_USING_MODULE

#include "owner.h"
#include "resource.h"

static rt_list_t modules = RT_LIST_OBJECT_INIT(modules);

rt_list_t *rttm_modules(void)
{
    return &modules;
}

struct rt_dlmodule *dlmodule_create(void)
{
    struct rt_dlmodule *module = rt_calloc(1, sizeof *module);

    if (module == RT_NULL)
        return RT_NULL;
    rt_enter_critical();
    rt_list_insert_after(&modules, &module->parent.list);
    rt_exit_critical();
    return module;
}

rt_err_t dlmodule_destroy(struct rt_dlmodule *module)
{
    rttm_resources_release(module); /* of one that was not started: others have given theirs back */
    rt_enter_critical();
    rt_list_remove(&module->parent.list);
    rt_exit_critical();
    rt_free(module->cmd_line);
    rt_free(module);
    return RT_EOK;
}

struct rt_dlmodule *dlmodule_self(void)
{
    return rttm_owner_of(rt_thread_self());
}

void rttm_destroy_before_main_thread(struct rt_dlmodule *module)
{
    rttm_set_owner(rt_thread_self(), RT_NULL);
    rt_exit_critical();
    dlmodule_destroy(module);
    rt_enter_critical();
}

#endif /* RT_USING_MODULE */
