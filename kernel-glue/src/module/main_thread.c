/* SPDX-License-Identifier: Apache-2.0 */
/* The main thread of a program: its arguments, its `main`, and its end. */
#include <rtthread.h>

#include "arguments.h"
#include "constructors.h"
#include "end.h"
#include "main_thread.h"
#include "threads.h"
#include "utf8.h"

/* In ticks, as in dlmodule_exec. */
#define TIME_SLICE 10

/* The exit code of a program whose `main` was not called. */
#define EXIT_NOT_STARTED 1

/* A program in Rust uses its arguments as `str` without a check. */
static rt_bool_t has_good_arguments(const struct rttm_module *module, int argc, char **argv)
{
    int i;

    for (i = 0; i < argc && module->app != RT_NULL; i++)
    {
        if (!rttm_is_utf8(argv[i]))
        {
            rt_kprintf("%.*s: argument %d is not UTF-8; not started\n", RT_NAME_MAX, module->name, i);
            return RT_FALSE;
        }
    }
    return RT_TRUE;
}

static void run_main(struct rttm_module_thread *thread)
{
    struct rttm_module *module = thread->module;
    char               *argv[RTT_MOD_ARGUMENTS_MAX + 1] = {RT_NULL};
    int                 argc = rttm_split_arguments(module->command_line, argv, RTT_MOD_ARGUMENTS_MAX);
    int                 code = EXIT_NOT_STARTED;

    rttm_module_set_state(module, RTTM_STATE_RUNNING);
    if (has_good_arguments(module, argc, argv))
    {
        rttm_construct(module);
        code = module->entry(argc, argv);
        rttm_destruct(module);
    }
    rttm_exit_for(code, RTTM_CAUSE_RETURN);
}

rt_bool_t rttm_make_main_thread(struct rttm_module *module, const char *command_line)
{
    const struct rttm_thread_plan plan = {
        .name = module->name,
        .stack_bytes = module->stack_bytes,
        .is_proven = module->stack_is_proven,
        .priority = module->priority,
        .time_slice = TIME_SLICE,
        .run = run_main,
    };
    struct rttm_module_thread *thread;

    module->command_line = rt_strdup(command_line);
    if (module->command_line == RT_NULL)
        return RT_FALSE;
    thread = rttm_threads_create(module, &plan);
    if (thread == RT_NULL)
        return RT_FALSE;
    rttm_module_set_main_thread(module, &thread->kernel);
    return RT_TRUE;
}
