/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A module's beginning: takes over stack, priority and entry.
 *
 * The loader looks at `entry_addr` after `module_init` has run, so the glue puts its own entry there. The program's
 * entry, and later the record, wait in `init_func`, which has had its only call by then.
 */
#include <rtthread.h>
#include <rtm.h>

#include "app.h"
#include "../port/compat.h"
#include "end.h"
#include "library.h"
#include "module.h"
#include "owner.h"
#include "utf8.h"

/* The exit code of a program that never got to its `main`. */
#define EXIT_NOT_STARTED 1

static int begin(int argc, char **argv);
static int run_program(int argc, char **argv);

static rt_uint32_t clamp(rt_uint32_t value, rt_uint32_t lowest, rt_uint32_t highest)
{
    if (value < lowest)
        return lowest;
    return value > highest ? highest : value;
}

void rtt_mod_abi_1(struct rt_dlmodule *module, const struct rttm_app *app)
{
    rt_thread_t loader = rt_thread_self();
    rt_uint32_t priority = app->priority;

    if (priority == RTTM_PRIORITY_DEFAULT && loader != RT_NULL)
        priority = rttm_priority_of(loader);
    module->priority = (rt_uint16_t)clamp(priority, 0, RTTM_PRIORITY_LOWEST);
    module->stack_size = RT_ALIGN(clamp(app->stack_bytes, RTTM_STACK_BYTES_MIN, RTTM_STACK_BYTES_MAX), RT_ALIGN_SIZE);

    if (!rttm_app_remember(module, app))
        module->ret_code = RTTM_ERROR_OUT_OF_MEMORY; /* whoever loads it refuses it then */
    if (app->flags & RTTM_APP_LIBRARY)
    {
        module->entry_addr = RT_NULL;
        return;
    }
    if (!rttm_module_speaks_abi(module))
    {
        module->init_func = (rt_dlmodule_init_func_t)(void (*)(void))module->entry_addr;
        module->entry_addr = begin;
    }
}
RTM_EXPORT(rtt_mod_abi_1)

/* The module's entry until its main thread runs: puts the record where it stays, on this stack. */
static int begin(int argc, char **argv)
{
    struct rt_dlmodule *module = dlmodule_self();
    struct rttm_module  record = {
        .entry = (rt_dlmodule_entry_func_t)(void (*)(void))module->init_func,
    };

    module->init_func = (rt_dlmodule_init_func_t)(rt_ubase_t)&record;
    module->entry_addr = run_program;
    rttm_exit_for(run_program(argc, argv), RTTM_CAUSE_RETURN);
}

/* The module's entry from then on. */
static int run_program(int argc, char **argv)
{
    struct rt_dlmodule *module = dlmodule_self();
    int                 i;

    for (i = 0; i < argc; i++)
    {
        if (!rttm_is_utf8(argv[i]))
        {
            rt_kprintf("%.*s: argument %d is not UTF-8; not started\n", RT_NAME_MAX, module->parent.name, i);
            return EXIT_NOT_STARTED;
        }
    }
    return rttm_module_record(module)->entry(argc, argv);
}

rt_bool_t rttm_module_speaks_abi(const struct rt_dlmodule *module)
{
    return module->entry_addr == begin || module->entry_addr == run_program;
}

struct rttm_module *rttm_module_record(const struct rt_dlmodule *module)
{
    if (module->entry_addr != run_program)
        return RT_NULL;
    return (struct rttm_module *)(rt_ubase_t)module->init_func;
}

struct rt_dlmodule *rttm_module_at(int position)
{
    rt_list_t *modules = rttm_modules();
    rt_list_t *node;

    rt_list_for_each(node, modules)
    {
        if (position-- == 0)
            return (struct rt_dlmodule *)rt_list_entry(node, struct rt_object, list);
    }
    return RT_NULL;
}

#ifdef RT_USING_MODULE

static rt_bool_t image_has(const struct rt_dlmodule *module, const void *address)
{
    rt_ubase_t start = (rt_ubase_t)module->mem_space;

    return (rt_ubase_t)address >= start && (rt_ubase_t)address - start < module->mem_size;
}

struct rt_dlmodule *rttm_module_of_thread(rt_thread_t thread)
{
    struct rt_dlmodule *found = rttm_owner_of(thread);
    rt_list_t          *modules = rttm_modules();
    rt_list_t          *node;

    if (found != RT_NULL)
        return found;
    rt_enter_critical();
    rt_list_for_each(node, modules)
    {
        struct rt_dlmodule *module = (struct rt_dlmodule *)rt_list_entry(node, struct rt_object, list);

        if (image_has(module, thread->entry))
            found = module;
    }
    while (found != RT_NULL && rttm_library_owner(found) != RT_NULL)
        found = rttm_library_owner(found);
    rt_exit_critical();
    return found;
}

/* That at `*position` among those in the module's list, or RT_NULL: then `*position` counts on from behind them. */
static rt_thread_t listed_thread(const struct rt_dlmodule *module, int *position)
{
    rt_list_t *node;

    rt_list_for_each(node, &module->object_list)
    {
        struct rt_object *object = rt_list_entry(node, struct rt_object, list);

        if (rt_object_get_type(object) == RT_Object_Class_Thread && (*position)-- == 0)
            return (rt_thread_t)object;
    }
    return RT_NULL;
}

#else /* no module has an image, nor a list of what is its own */

struct rt_dlmodule *rttm_module_of_thread(rt_thread_t thread)
{
    return rttm_owner_of(thread);
}

static rt_thread_t listed_thread(const struct rt_dlmodule *module, int *position)
{
    (void)module;
    (void)position;
    return RT_NULL;
}

#endif /* RT_USING_MODULE */

rt_thread_t rttm_module_thread(const struct rt_dlmodule *module, int position)
{
    struct rt_object_information *threads = rt_object_get_information(RT_Object_Class_Thread);
    rt_thread_t                   listed = listed_thread(module, &position);
    rt_list_t                    *node;

    if (listed != RT_NULL)
        return listed;
    /* In 5.x, a thread that a child thread makes is in the kernel's list: see rttm_module_of_thread. */
    rt_list_for_each(node, &threads->object_list)
    {
        rt_thread_t thread = (rt_thread_t)rt_list_entry(node, struct rt_object, list);

        if (thread != module->main_thread && rttm_module_of_thread(thread) == module && position-- == 0)
            return thread;
    }
    return RT_NULL;
}
