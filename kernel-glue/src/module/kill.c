/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the module that the user wants to end, and waits for its end. */
#include <rtthread.h>

#include "end.h"
#include "resident.h"
#include "short_name.h"
#include "upcall.h"

/* How long to wait for the end of a module. A driver may keep a thread for ever, and a command its caller. */
#define PATIENCE_TICKS (5 * RT_TICK_PER_SECOND)
#define LOOK_TICKS     (RT_TICK_PER_SECOND / 100 + 1)

/* The module at `position` of those called `name`, or RT_NULL. In a critical section. */
static struct rttm_module *find_named(const char *name, int position)
{
    struct rttm_module *module;

    RTTM_FOR_EACH_MODULE(module)
    {
        if (rt_strncmp(module->name, name, RT_NAME_MAX) == 0 && --position == 0)
            return module;
    }
    return RT_NULL;
}

static struct rttm_module *find_to_unload(const char *name)
{
    struct rttm_module *resident = rttm_resident(name);

    return resident != RT_NULL ? resident : find_named(name, 1);
}

/* Why `module` can't be ended, or RT_NULL. */
static const char *indispensable(const struct rttm_module *module)
{
    if (module == RT_NULL)
        return "no module has this name; see `mod list`";
    if (rttm_is_ending(module))
        return "ends already";
    if (module == rttm_current_module())
        return "can't be ended by itself";
    if (module->state == RTTM_STATE_LIBRARY)
        return "is a library that others have open; it goes with them";
    return module->state == RTTM_STATE_LOADING ? "is just starting" : RT_NULL;
}

/* Whether a module at this address is ending. It may be another one than before, which ends soon too. */
static rt_bool_t is_still_ending(const struct rttm_module *ending)
{
    rt_bool_t is_ending;

    rt_enter_critical();
    is_ending = rttm_module_of_handle(ending) != RT_NULL && rttm_is_ending(ending);
    rt_exit_critical();
    return is_ending;
}

static rt_bool_t wait_for_end(const struct rttm_module *module)
{
    rt_tick_t begin = rt_tick_get();

    while (is_still_ending(module) && rt_tick_get() - begin < PATIENCE_TICKS)
        rt_thread_delay(LOOK_TICKS);
    return !is_still_ending(module);
}

/* Called in the critical section in which `module` was found, and leaves it. */
static rt_bool_t end_found(const char *name, struct rttm_module *module, enum rttm_exit_cause cause)
{
    const char *reason = indispensable(module);

    if (reason == RT_NULL)
        rttm_end(module, RTTM_EXIT_KILLED, cause);
    rt_exit_critical();
    if (reason == RT_NULL && !wait_for_end(module))
        reason = "is still in a call of the kernel or of a command; it ends when that returns";
    if (reason != RT_NULL)
        rt_kprintf("%s: %s\n", name, reason);
    return reason == RT_NULL;
}

rt_bool_t rttm_kill(const char *name, int position)
{
    char short_name[RT_NAME_MAX];

    rttm_short_name(name, short_name);
    rt_enter_critical();
    return end_found(short_name, find_named(short_name, position), RTTM_CAUSE_KILL);
}

rt_bool_t rttm_unload(const char *name)
{
    char short_name[RT_NAME_MAX];

    rttm_short_name(name, short_name);
    rt_enter_critical();
    return end_found(short_name, find_to_unload(short_name), RTTM_CAUSE_UNLOAD);
}
