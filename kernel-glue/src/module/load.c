/* SPDX-License-Identifier: Apache-2.0 */
/* Loads modules for a use, and refuses those that are not made for it. */
#include "../port/groups.h"

#include <string.h>

#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "../contain/cancel.h"
#include "end.h"
#include "load.h"
#include "load_file.h"
#include "log.h"
#include "refuse.h"
#include "resident.h"
#include "short_name.h"

/* Why `module` can't be used for `use`, or RT_NULL. */
static const char *unsuitable(const struct rttm_module *module, enum rttm_use use)
{
    if (rttm_module_init(module) != RT_NULL)
        return rttm_resident_unsuitable(module, use);
    if (use != RTTM_USE_LIBRARY && module->entry == RT_NULL)
        return "has no main: it is a library, for dlopen";
    return use == RTTM_USE_RESIDENT ? "is a program: `mod run` runs it" : RT_NULL;
}

static enum rttm_loaded begin_use(struct rttm_module *module, const char *path, enum rttm_use use)
{
    if (use == RTTM_USE_LIBRARY)
        rttm_module_set_state(module, RTTM_STATE_LIBRARY);
    else if (rttm_module_init(module) != RT_NULL)
        return rttm_resident_begin(path, module);
    return RTTM_LOADED_TO_USE; /* a program is used once it has its main thread */
}

static enum rttm_loaded load_for(const struct rttm_source *source, enum rttm_use use, struct rttm_module **module)
{
    struct rttm_module *opener = use == RTTM_USE_LIBRARY ? rttm_module_of_thread(rt_thread_self()) : RT_NULL;
    char                name[RT_NAME_MAX];
    const char         *reason;

    rttm_short_name(source->path, name);
    *module = rttm_load_source(source, name);
    if (*module == RT_NULL)
    {
        rttm_log_refusal(name);
        return RTTM_LOADED_NOT;
    }
    reason = unsuitable(*module, use);
    if (reason != RT_NULL)
    {
        rttm_refuse(source->path, "%s", reason);
        rttm_log_refusal(name);
        rttm_discard(*module);
        return RTTM_LOADED_NOT;
    }
    rttm_module_set_owner(*module, opener);
    return begin_use(*module, source->path, use);
}

#ifdef RTT_MOD_USING_LIBRARY

/* A load that goes on, on the stack of its thread: the `module_init` or a constructor of what is loaded may open libraries. */
struct loading
{
    struct loading *outer;
    rt_thread_t     thread;
    const char     *path;
};

/* Of all threads, the newest first. Changed in critical sections. */
static struct loading *loads;

/* RT_FALSE if the same thread loads the same file already, which would not end. */
static rt_bool_t loading_begin(struct loading *loading, const struct rttm_source *source)
{
    const struct loading *outer;
    rt_bool_t             is_new = RT_TRUE;

    loading->thread = rt_thread_self();
    loading->path = source->path;
    rt_enter_critical();
    for (outer = loads; outer != RT_NULL; outer = outer->outer)
        is_new = is_new && (outer->thread != loading->thread || strcmp(outer->path, loading->path) != 0);
    loading->outer = loads;
    loads = loading;
    rt_exit_critical();
    return is_new;
}

static void loading_end(const struct loading *loading)
{
    struct loading **link = &loads;

    rt_enter_critical();
    while (*link != loading)
        link = &(*link)->outer;
    *link = loading->outer;
    rt_exit_critical();
}

static enum rttm_loaded load_once(const struct rttm_source *source, enum rttm_use use, struct rttm_module **module)
{
    struct loading   loading;
    enum rttm_loaded loaded = RTTM_LOADED_NOT;

    if (loading_begin(&loading, source))
        loaded = load_for(source, use, module);
    else
        rttm_refuse(source->path, "opens itself while it is loaded");
    loading_end(&loading);
    return loaded;
}

#else /* nothing opens libraries */

static enum rttm_loaded load_once(const struct rttm_source *source, enum rttm_use use, struct rttm_module **module)
{
    return load_for(source, use, module);
}

#endif /* RTT_MOD_USING_LIBRARY */

enum rttm_loaded rttm_load_from(const struct rttm_source *source, enum rttm_use use, struct rttm_module **module)
{
    struct rttm_cancel_scope scope;
    enum rttm_loaded         loaded;

    rttm_cancel_disable(&scope); /* cancelled here, the thread would leave half a module */
    loaded = load_once(source, use, module);
    rttm_cancel_enable(&scope);
    return loaded;
}

#endif /* RT_USING_MODULE */
