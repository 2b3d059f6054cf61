/* SPDX-License-Identifier: Apache-2.0 */
/* A module's panic: says where and why, and ends the module. */
#include <rtthread.h>
#include <rtm.h>

#include "../port/compat.h"
#include "end.h"
#include "guard.h"
#include "module.h"

#define TEXT(pointer, length) {RTTM_ARG_STR, (uintptr_t)(pointer), (length)}

/* `sizeof` without the NUL, so that a template can be a string literal. */
#define PRINT(template_text, args) rttm_print((const uint8_t *)template_text, sizeof template_text - 1, args)

/* Marks what runs here as panicking; RT_FALSE if it does already. */
static rt_bool_t begin_panic(void)
{
    rt_thread_t         self = rt_thread_self();
    struct rt_dlmodule *module = rttm_current_module();
    struct rttm_module *record;

    if (module != RT_NULL && rttm_is_ending(module)) /* the record may be gone with the main thread */
        return RT_FALSE;
    if (rttm_is_guarded())
        return rttm_guard_begin_panic();
    record = module == RT_NULL ? RT_NULL : rttm_module_record(module);
    if (record == RT_NULL)
        return RT_TRUE;
    if (record->panicking == self)
        return RT_FALSE;
    record->panicking = self;
    return RT_TRUE;
}

/* The thread's name, or the module's where the thread is not its own. */
static const char *name_of_the_culprit(void)
{
    return rttm_is_guarded() ? rttm_current_module()->parent.name : rttm_thread_object(rt_thread_self())->name;
}

static void print_location(const struct rttm_location *location)
{
    const char      *name = name_of_the_culprit();
    struct rttm_arg  args[] = {
        TEXT(name, rt_strnlen(name, RT_NAME_MAX)),
        TEXT(location->file, location->file_length),
        {RTTM_ARG_U32, location->line, 0},
        {RTTM_ARG_U32, location->column, 0},
    };

    if (location->file_length == 0)
    {
        PRINT("thread '\xFE' panicked:\n", args);
        return;
    }
    PRINT("thread '\xFE' panicked at \xFE:\xFE", args);
    if (location->column != 0)
        PRINT(":\xFE", &args[3]);
    PRINT(":\n", RT_NULL);
}

void rttm_panic(const struct rttm_location *location, const struct rttm_arg *message)
{
    if (begin_panic())
    {
        print_location(location);
        PRINT("\xFE\n", message);
    }
    rttm_exit_for(RTTM_EXIT_PANIC, RTTM_CAUSE_PANIC);
}
RTM_EXPORT(rttm_panic)
