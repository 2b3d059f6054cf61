/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>

#include "app.h"
#include "../port/compat.h"
#include "end.h"
#include "guard.h"
#include "kept.h"
#include "kill.h"
#include "module.h"
#include "outside.h"
#include "resident.h"
#include "short_name.h"

/* The exit code of what is killed or unloaded. */
#define EXIT_KILLED (-1)

/* How long a module's end is waited for. A driver may keep a thread for ever, and a command its caller. */
#define PATIENCE_TICKS (5 * RT_TICK_PER_SECOND)
#define LOOK_TICKS     (RT_TICK_PER_SECOND / 100 + 1)

/* The module at `position` of those called `name`, or RT_NULL. In a critical section. */
static struct rt_dlmodule *find(const char *name, int position)
{
    struct rt_dlmodule *module;
    int                 i = 0;

    while ((module = rttm_module_at(i++)) != RT_NULL)
    {
        if (rt_strncmp(module->parent.name, name, RT_NAME_MAX) == 0 && --position == 0)
            return module;
    }
    return RT_NULL;
}

static struct rt_dlmodule *find_to_unload(const char *name)
{
    struct rt_dlmodule *resident = rttm_resident(name);

    return resident != RT_NULL ? resident : find(name, 1);
}

/* Why `module` can't be ended, or RT_NULL. */
static const char *indispensable(const struct rt_dlmodule *module)
{
    if (module == RT_NULL)
        return "no module has this name; see `mod list`";
    if (rttm_is_ending(module))
        return "ends already";
    if (module == rttm_current_module())
        return "can't be ended by itself";
    if (rttm_is_resident(module) || rttm_is_kept(module))
        return RT_NULL;
    if (module->main_thread == RT_NULL)
        return "is a library that others have open; it goes with them";
    return module->stat == RT_DLMODULE_STAT_RUNNING ? RT_NULL : "is just starting";
}

/* Whether a module at this address is ending: if it is another one than before, its end comes soon too. */
static rt_bool_t is_there(const struct rt_dlmodule *ending)
{
    const struct rt_dlmodule *module;
    int                       i = 0;
    rt_bool_t                 found = RT_FALSE;

    rt_enter_critical();
    while ((module = rttm_module_at(i++)) != RT_NULL)
        found = found || (module == ending && rttm_is_ending(module));
    rt_exit_critical();
    return found;
}

static rt_bool_t wait_for_end(const struct rt_dlmodule *module)
{
    rt_tick_t begin = rt_tick_get();

    while (is_there(module) && rt_tick_get() - begin < PATIENCE_TICKS)
        rt_thread_delay(LOOK_TICKS);
    return !is_there(module);
}

/* Leaves the critical section that the caller has found `module` in. */
static rt_bool_t end(const char *name, struct rt_dlmodule *module, enum rttm_cause cause)
{
    const char *reason = indispensable(module);

    if (reason == RT_NULL)
        rttm_end_from_outside(module, EXIT_KILLED, cause);
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
    return end(short_name, find(short_name, position), RTTM_CAUSE_KILL);
}

rt_bool_t rttm_unload(const char *name)
{
    char short_name[RT_NAME_MAX];

    rttm_short_name(name, short_name);
    rt_enter_critical();
    return end(short_name, find_to_unload(short_name), RTTM_CAUSE_UNLOAD);
}
