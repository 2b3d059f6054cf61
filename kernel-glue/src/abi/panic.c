/* SPDX-License-Identifier: Apache-2.0 */
/* Panics of modules: prints the place and the message, and ends the module. */
#include <rtthread.h>
#include <rtm.h>

#include "../contain/contained.h"
#include "../module/record.h"
#include "../module/upcall.h"
#include "../port/compat.h"
#include "rtt_mod.h"

#define TEXT(pointer, length)                        \
    {                                                \
        RTTM_ARG_STR, (uintptr_t)(pointer), (length) \
    }

/* `sizeof` without the NUL, so that a template can be a string literal. */
#define PRINT(template_text, args) rttm_print((const uint8_t *)template_text, sizeof template_text - 1, args)

/* Marks the running upcall or module as panicking. RT_FALSE if it already is. */
static rt_bool_t panic_begin(void)
{
    struct rttm_module *module = rttm_current_module();

    if (module != RT_NULL && rttm_is_ending(module))
        return RT_FALSE;
    if (rttm_in_upcall())
        return rttm_upcall_begin_panic();
    return module == RT_NULL || rttm_module_begin_panic(module, rt_thread_self());
}

/* The name of the thread, or of the module if the thread belongs to another module or the kernel. */
static const char *panic_name(void)
{
    return rttm_in_upcall() ? rttm_current_module()->name : rttm_thread_object(rt_thread_self())->name;
}

static void panic_print_location(const struct rttm_location *location)
{
    const char     *name = panic_name();
    struct rttm_arg args[] = {
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
    if (panic_begin())
    {
        panic_print_location(location);
        PRINT("\xFE\n", message);
    }
    rttm_exit_for(RTTM_EXIT_PANIC, RTTM_CAUSE_PANIC);
}
RTM_EXPORT(rttm_panic)
