/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>

#include "arguments.h"
#include "end.h"
#include "figures.h"
#include "main_thread.h"
#include "module.h"
#include "owner.h"
#include "../contain/stack_guard.h"

/* In ticks: as dlmodule_exec has it. */
#define TIME_SLICE 10

static void run(void *parameter)
{
    struct rt_dlmodule *module = parameter;
    char               *argv[RTT_MOD_ARGUMENTS_MAX + 1] = {RT_NULL};
    int                 argc = rttm_split_arguments(module->cmd_line, argv);

    rttm_stack_limit();
    module->stat = RT_DLMODULE_STAT_RUNNING;
    rttm_end(module, module->entry_addr(argc, argv), RTTM_CAUSE_RETURN);
}

rt_bool_t rttm_thread_is_main(rt_thread_t thread)
{
    return (void (*)(void *))thread->entry == run;
}

/* By a thread of whatever module: what that makes is the kernel's and not its module's, with which it would go. */
static rt_thread_t create(struct rt_dlmodule *module)
{
    rt_thread_t         caller = rt_thread_self();
    struct rt_dlmodule *callers_module = rttm_owner_of(caller);
    rt_thread_t         thread;

    rttm_set_owner(caller, RT_NULL);
    thread = rt_thread_create(module->parent.name, run, module, module->stack_size + RTTM_STACK_GUARD_BYTES,
                              (rt_uint8_t)module->priority, TIME_SLICE);
    rttm_set_owner(caller, callers_module);
    return thread;
}

rt_bool_t rttm_make_main_thread(struct rt_dlmodule *module, const char *command_line)
{
    rt_thread_t thread;

    if (module->priority > RTTM_PRIORITY_LOWEST)
        module->priority = RTTM_PRIORITY_LOWEST;
    module->cmd_line = rt_strdup(command_line);
    if (module->cmd_line == RT_NULL)
        return RT_FALSE;
    thread = create(module);
    if (thread == RT_NULL)
        return RT_FALSE;
    rttm_set_owner(thread, module);
    module->main_thread = thread;
    rttm_figures_take_thread(module, thread->stack_size);
    rttm_figures_begin(module);
    return RT_TRUE;
}
