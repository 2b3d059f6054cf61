/* SPDX-License-Identifier: Apache-2.0 */
/* Copies the statistics of modules and of their threads. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "../contain/stack_guard.h"
#include "../port/clock.h"
#include "../port/compat.h"
#include "statistics.h"
#include "threads.h"
#include "upcall.h"

static const char *const states[] = {
    [RTTM_STATE_LOADING] = "starting", [RTTM_STATE_RUNNING] = "running",         [RTTM_STATE_RESIDENT] = "resident",
    [RTTM_STATE_LIBRARY] = "library",  [RTTM_STATE_ENDING] = "closing",          [RTTM_STATE_STOPPED] = "closing",
    [RTTM_STATE_EMPTY] = "closing",    [RTTM_STATE_QUARANTINED] = "quarantined",
};

/* ---- threads ----------------------------------------------------------------------------------------------------- */

static rt_uint32_t stack_bytes(rt_thread_t thread)
{
    return thread->stack_size - RTTM_STACK_GUARD_BYTES;
}

/* Stacks grow down, on all processors that this runs on. */
static rt_uint32_t used_bytes(rt_thread_t thread)
{
    const char *stack = thread->stack_addr;
    rt_uint32_t unused = 0;

    while (unused < thread->stack_size && stack[unused] == RTTM_STACK_FILL)
        unused++;
    return thread->stack_size - unused;
}

static rt_bool_t add_thread(rt_thread_t thread, void *context)
{
    struct rttm_module_statistics *statistics = context;
    int                            percent = (int)(used_bytes(thread) * 100 / stack_bytes(thread));

    statistics->threads++;
    if (percent > statistics->fullest_percent)
        statistics->fullest_percent = percent;
    return RT_FALSE;
}

static rt_bool_t is_at_position(rt_thread_t thread, void *position)
{
    (void)thread;
    return (*(int *)position)-- == 0;
}

rt_bool_t rttm_thread_statistics(const struct rttm_module *module, int position,
                                 struct rttm_thread_statistics *statistics)
{
    rt_thread_t thread;

    rt_enter_critical();
    thread = rttm_module_of_handle(module) != RT_NULL ? rttm_threads_find(module, is_at_position, &position) : RT_NULL;
    if (thread != RT_NULL)
    {
        rt_memcpy(statistics->name, rttm_thread_object(thread)->name, RT_NAME_MAX);
        statistics->priority = rttm_priority_of(thread);
        statistics->stack_bytes = stack_bytes(thread);
        statistics->used_bytes = used_bytes(thread);
    }
    rt_exit_critical();
    return thread != RT_NULL;
}

/* ---- modules ----------------------------------------------------------------------------------------------------- */

static int references(const struct rttm_module *module)
{
    int references = rttm_upcall_count(module);

#ifdef RT_USING_MODULE
    if (module->state == RTTM_STATE_LIBRARY)
        references += module->kernel->nref; /* of dlopen and dlclose */
#endif
    return references;
}

static char without_control(char character)
{
    return (rt_uint8_t)character < ' ' || character == 0x7F ? '?' : character;
}

/* Copies as many whole characters as fit, and a NUL. Control characters become `?`. */
static void copy_description(const struct rttm_module *module, char *text, rt_size_t capacity)
{
    const struct rttm_app *app = module->app;
    rt_size_t              length = app != RT_NULL && app->size >= sizeof *app ? app->description_length : 0;
    rt_size_t              i;

    if (rttm_is_ending(module) || module->state == RTTM_STATE_QUARANTINED)
        length = 0;
    if (length > capacity - 1)
    {
        length = capacity - 1;
        while (length > 0 && (app->description[length] & 0xC0) == 0x80)
            length--;
    }
    for (i = 0; i < length; i++)
        text[i] = without_control(app->description[i]);
    text[length] = '\0';
}

static void copy_record(const struct rttm_module *module, struct rttm_module_statistics *statistics)
{
    statistics->module = module;
    rt_memcpy(statistics->name, module->name, sizeof statistics->name);
    statistics->state = states[module->state];
    statistics->image = rttm_module_base(module);
    statistics->image_bytes = module->image_bytes;
#ifdef RTTM_HAS_MEMHEAPS
    statistics->memheap = module->memheap != RT_NULL ? module->memheap->parent.name : RT_NULL;
#endif
    rt_memcpy(statistics->build_id, module->build_id, sizeof statistics->build_id);
    statistics->heap_bytes = module->heap_bytes;
    statistics->heap_peak_bytes = module->heap_peak_bytes;
    statistics->seconds = rttm_seconds() - module->loaded_at;
    statistics->references = references(module);
    statistics->threads = 0;
    statistics->fullest_percent = -1;
    rttm_threads_find(module, add_thread, statistics);
    copy_description(module, statistics->description, sizeof statistics->description);
}

rt_bool_t rttm_module_statistics(int position, struct rttm_module_statistics *statistics)
{
    const struct rttm_module *module;
    rt_bool_t                 found = RT_FALSE;

    rt_enter_critical();
    RTTM_FOR_EACH_MODULE(module)
    {
        if (position-- != 0)
            continue;
        copy_record(module, statistics);
        found = RT_TRUE;
        break;
    }
    rt_exit_critical();
    return found;
}

#endif /* RTT_MOD_USING_COMMAND */
