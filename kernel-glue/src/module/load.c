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
#include "upcall.h"
#include "wait.h"

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

#ifdef RTT_MOD_USING_LIBRARY

/* A load that goes on, on the stack of its thread: the `module_init` or a constructor of what is loaded may open libraries. */
struct loading
{
    struct loading *outer;
    rt_thread_t     thread;
    const char     *path;
    enum rttm_use   use;
};

/* Of all threads, the newest first. Changed in critical sections. */
static struct loading *loads;

/* The thread that waits for `thread`, which initializes a module; or RT_NULL. */
static rt_thread_t thread_behind(rt_thread_t thread)
{
    const struct rttm_module *module = rttm_module_of_thread(thread);

    return module != RT_NULL ? module->loader : RT_NULL;
}

/* Whether `thread`, or one that waits for it, loads the file at `path`. */
static rt_bool_t is_loading(rt_thread_t thread, const char *path)
{
    for (; thread != RT_NULL; thread = thread_behind(thread))
    {
        const struct loading *loading;

        for (loading = loads; loading != RT_NULL; loading = loading->outer)
        {
            if (loading->thread == thread && strcmp(loading->path, path) == 0)
                return RT_TRUE;
        }
    }
    return RT_FALSE;
}

/* RT_FALSE if the load of the file is what has led to this one, which would not end. */
static rt_bool_t loading_begin(struct loading *loading, const struct rttm_source *source, enum rttm_use use)
{
    rt_bool_t is_new;

    loading->thread = rt_thread_self();
    loading->path = source->path;
    loading->use = use;
    rt_enter_critical();
    is_new = !is_loading(loading->thread, loading->path);
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

rt_bool_t rttm_may_load_here(const char *name, rt_uint32_t length)
{
    if (rttm_may_wait() == RTTM_OK)
        return RT_TRUE;
    rt_kprintf("%.*s: nothing is loaded in an interrupt, a timer's callback or a critical section\n", (int)length,
               name);
    return RT_FALSE;
}

static rt_bool_t loads_library(rt_thread_t thread)
{
    const struct loading *loading;
    rt_bool_t             is_library;

    rt_enter_critical();
    for (loading = loads; loading != RT_NULL && loading->thread != thread; loading = loading->outer)
        continue;
    is_library = loading != RT_NULL && loading->use == RTTM_USE_LIBRARY;
    rt_exit_critical();
    return is_library;
}

/* The module that a library goes with which is opened here: the one whose code runs here, or, in the constructor of another
 * library, the one that has opened that. RT_NULL: none. */
static struct rttm_module *opener(void)
{
    struct rttm_module *module = rttm_current_module();

    while (module != RT_NULL && module->loader != RT_NULL && loads_library(module->loader))
        module = rttm_module_in(module->loader);
    return module;
}

#else /* nothing opens libraries */

static struct rttm_module *opener(void)
{
    return RT_NULL;
}

#endif /* RTT_MOD_USING_LIBRARY */

static enum rttm_loaded load_for(const struct rttm_source *source, enum rttm_use use, struct rttm_module **module)
{
    char        name[RT_NAME_MAX];
    const char *reason;

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
    rttm_module_set_owner(*module, use == RTTM_USE_LIBRARY ? opener() : RT_NULL);
    return begin_use(*module, source->path, use);
}

#ifdef RTT_MOD_USING_LIBRARY

static enum rttm_loaded load_once(const struct rttm_source *source, enum rttm_use use, struct rttm_module **module)
{
    struct loading   loading;
    enum rttm_loaded loaded = RTTM_LOADED_NOT;

    if (loading_begin(&loading, source, use))
        loaded = load_for(source, use, module);
    else
        rttm_refuse(source->path, "opens itself while it is loaded");
    loading_end(&loading);
    return loaded;
}

#else

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
