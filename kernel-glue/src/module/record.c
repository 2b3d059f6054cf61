/* SPDX-License-Identifier: Apache-2.0 */
/* The records of all modules: what they are, in which state, and whose a thread is. */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../contain/contained.h"
#include "../contain/stack_guard.h"
#include "../port/clock.h"
#include "log.h"
#include "record.h"
#include "upcall.h"

rt_list_t rttm_modules = RT_LIST_OBJECT_INIT(rttm_modules);

/* ---- life -------------------------------------------------------------------------------------------------------- */

struct rttm_module *rttm_module_new(const char *name)
{
    struct rttm_module *module = rt_calloc(1, sizeof *module);

    if (module == RT_NULL)
        return RT_NULL;
    rttm_worker_start();
    rt_strncpy(module->name, name, RT_NAME_MAX - 1);
    rt_list_init(&module->threads);
    rt_list_init(&module->resources);
    rt_list_init(&module->blocks);
#ifdef RTT_MOD_USING_COMMAND
    module->loaded_at = rttm_seconds();
#endif
    rt_enter_critical();
    rt_list_insert_after(&rttm_modules, &module->node);
    rttm_stack_users_add(1);
    rt_exit_critical();
    return module;
}

void rttm_module_delete(struct rttm_module *module)
{
    rt_enter_critical();
    rt_list_remove(&module->node);
    rttm_stack_users_add(-1);
    rt_exit_critical();
    rt_free(module->command_line);
    rt_free(module->path);
#ifdef RTT_MOD_USING_CONSTRUCTORS
    rt_free(module->construction);
#endif
    rt_free(module);
}

rt_bool_t rttm_module_claim_end(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t claimed = !rttm_is_ending(module);

    if (claimed)
    {
        module->state = RTTM_STATE_ENDING;
        module->exit_code = code;
        module->exit_cause = (rt_uint8_t)cause;
        module->ends_since = rt_tick_get();
        rttm_log(module->name, cause, code);
    }
    rt_hw_interrupt_enable(level);
    return claimed;
}

/* ---- whose it is ------------------------------------------------------------------------------------------------- */

struct rttm_module *rttm_module_of_handle(const void *handle)
{
    struct rttm_module *found = RT_NULL;
    struct rttm_module *module;

    rt_enter_critical();
    RTTM_FOR_EACH_MODULE(module)
    {
        if (handle == module || handle == module->kernel)
            found = module;
    }
    rt_exit_critical();
    return found;
}

#ifdef RT_USING_MODULE

/* Of a thread that C code has made. */
static rt_bool_t has_made(const struct rttm_module *module, rt_thread_t thread)
{
    const void *id = rttm_thread_object(thread)->module_id;

    if (id != RT_NULL)
        return id == module->kernel;
    return (rt_ubase_t)thread->entry - (rt_ubase_t)module->image < module->image_bytes;
}

/* With interrupts off. */
static struct rttm_module *find_maker(rt_thread_t thread)
{
    struct rttm_module *found = RT_NULL;
    struct rttm_module *module;

    RTTM_FOR_EACH_MODULE(module)
    {
        if (has_made(module, thread))
            found = module;
    }
    while (found != RT_NULL && found->owner != RT_NULL)
        found = found->owner;
    return found;
}

#else /* no module has an image */

static struct rttm_module *find_maker(rt_thread_t thread)
{
    (void)thread;
    return RT_NULL;
}

#endif

struct rttm_module *rttm_module_of_thread(rt_thread_t thread)
{
    const struct rttm_module_thread *own = rttm_module_thread_of(thread);
    struct rttm_module              *module;
    rt_base_t                        level;

    if (own != RT_NULL)
        return own->module;
    level = rt_hw_interrupt_disable();
    module = find_maker(thread);
    rt_hw_interrupt_enable(level);
    return module;
}

rt_bool_t rttm_contained_here(struct rttm_contained *contained)
{
    const struct rttm_module *module = rttm_current_module();

    if (module == RT_NULL)
        return RT_FALSE;
    contained->name = module->name;
    contained->image = rttm_module_base(module);
    contained->image_bytes = module->image_bytes - module->image_padding;
    contained->build_id = module->build_id;
    return RT_TRUE;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

void rttm_module_charge(struct rttm_module *module, rt_uint32_t bytes)
{
    if (module == RT_NULL)
        return;
    module->heap_bytes += bytes;
    if (module->heap_bytes > module->heap_peak_bytes)
        module->heap_peak_bytes = module->heap_bytes;
}

void rttm_module_credit(struct rttm_module *module, rt_uint32_t bytes)
{
    if (module != RT_NULL)
        module->heap_bytes -= bytes;
}

int32_t (*rttm_module_init(const struct rttm_module *module))(void)
{
    const struct rttm_app *app = module->app;

    return app != RT_NULL && app->size >= sizeof *app ? app->init : RT_NULL;
}

/* ---- the marker of the ABI --------------------------------------------------------------------------------------- */

static rt_uint32_t clamp(rt_uint32_t value, rt_uint32_t lowest, rt_uint32_t highest)
{
    if (value < lowest)
        return lowest;
    return value > highest ? highest : value;
}

/* How the main thread is to be made. */
static void take_wishes(struct rttm_module *module, const struct rttm_app *app)
{
    rt_thread_t loader = rt_thread_self();
    rt_uint32_t priority = app->priority;

    if (priority == RTTM_PRIORITY_DEFAULT && loader != RT_NULL)
        priority = rttm_priority_of(loader);
    module->priority = (rt_uint8_t)clamp(priority, 0, RTTM_PRIORITY_LOWEST);
    module->stack_bytes = (rt_uint32_t)rttm_align(clamp(app->stack_bytes, RTTM_STACK_BYTES_MIN, RTTM_STACK_BYTES_MAX));
}

void rtt_mod_abi_1(struct rt_dlmodule *handle, const struct rttm_app *app)
{
    struct rttm_module *module = rttm_module_of_handle(handle);

    if (module == RT_NULL) /* loaded from elsewhere than a file, by the kernel's own loader */
        return;
    module->app = app;
    take_wishes(module, app);
    if (app->flags & RTTM_APP_LIBRARY)
        module->entry = RT_NULL;
}
RTM_EXPORT(rtt_mod_abi_1)
