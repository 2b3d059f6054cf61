/* SPDX-License-Identifier: Apache-2.0 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "app.h"
#include "../port/compat.h"
#include "end.h"
#include "guard.h"
#include "kept.h"
#include "module.h"
#include "outside.h"
#include "../contain/stack_guard.h"
#include "survey.h"

static const char *state_of(const struct rt_dlmodule *module)
{
    if (rttm_is_kept(module))
        return "kept";
    if (rttm_is_ending(module))
        return "closing";
    if (module->main_thread == RT_NULL)
        return rttm_is_resident(module) ? "resident" : "library";
    switch (module->stat)
    {
    case RT_DLMODULE_STAT_INIT:
        return "starting";
    case RT_DLMODULE_STAT_RUNNING:
        return "running";
    default:
        return "closing";
    }
}

/* ---- threads --------------------------------------------------------------------------------------------------- */

/* The main thread first. */
static rt_thread_t thread_at(const struct rt_dlmodule *module, int position)
{
    if (module->main_thread == RT_NULL)
        return rttm_module_thread(module, position);
    return position == 0 ? module->main_thread : rttm_module_thread(module, position - 1);
}

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

static void survey_threads(const struct rt_dlmodule *module, struct rttm_survey *survey)
{
    rt_thread_t thread;

    survey->fullest_percent = -1;
    for (survey->threads = 0; (thread = thread_at(module, survey->threads)) != RT_NULL; survey->threads++)
    {
        int percent = (int)(used_bytes(thread) * 100 / stack_bytes(thread));

        if (percent > survey->fullest_percent)
            survey->fullest_percent = percent;
    }
}

static rt_bool_t is_there(const struct rt_dlmodule *module)
{
    const struct rt_dlmodule *found;
    int                       position = 0;

    do
        found = rttm_module_at(position++);
    while (found != RT_NULL && found != module);
    return found != RT_NULL;
}

rt_bool_t rttm_survey_thread(const struct rt_dlmodule *module, int position, struct rttm_thread_survey *survey)
{
    rt_thread_t thread;

    rt_enter_critical();
    thread = is_there(module) ? thread_at(module, position) : RT_NULL;
    if (thread != RT_NULL)
    {
        rt_memcpy(survey->name, rttm_thread_object(thread)->name, RT_NAME_MAX);
        survey->priority = rttm_priority_of(thread);
        survey->stack_bytes = stack_bytes(thread);
        survey->used_bytes = used_bytes(thread);
    }
    rt_exit_critical();
    return thread != RT_NULL;
}

/* ---- modules --------------------------------------------------------------------------------------------------- */

static int references(const struct rt_dlmodule *module)
{
    rt_bool_t is_library = module->main_thread == RT_NULL && !rttm_is_resident(module);

    return rttm_guard_callers(module) + (is_library ? rttm_opened(module) : 0);
}

static void copy(const struct rt_dlmodule *module, struct rttm_survey *survey)
{
    survey->module = module;
    rt_memcpy(survey->name, module->parent.name, sizeof survey->name);
    survey->state = state_of(module);
    survey->image = module->mem_space;
    survey->image_bytes = module->mem_size;
    survey->figures = rttm_figures_of(module);
    survey->references = references(module);
    survey_threads(module, survey);
    rttm_app_description(module, survey->description, sizeof survey->description);
}

rt_bool_t rttm_survey(int position, struct rttm_survey *survey)
{
    const struct rt_dlmodule *module;

    rt_enter_critical();
    module = rttm_module_at(position);
    if (module != RT_NULL)
        copy(module, survey);
    rt_exit_critical();
    return module != RT_NULL;
}

#endif /* RTT_MOD_USING_COMMAND */
