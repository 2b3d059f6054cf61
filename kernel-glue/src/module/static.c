/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs in the firmware. To the rest of the glue, and to a kernel that knows modules, they are modules without an image:
 * what a program makes is its module's, which is destroyed when the program has ended.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "arguments.h"
#include "main_thread.h"
#include "run.h"
#include "rttm_static.h"

#define EXIT_NOT_STARTED (-1)

/* A run, which nobody else begins before it has ended. RT_FALSE if there is one. */
static rt_bool_t begin(const struct rttm_static *program)
{
    rt_bool_t was_running;

    rt_enter_critical();
    was_running = *program->is_running;
    *program->is_running = RT_TRUE;
    rt_exit_critical();
    return !was_running;
}

/* RT_NULL without memory. */
static struct rt_dlmodule *make_module(const struct rttm_static *program)
{
    struct rt_dlmodule *module = dlmodule_create();

    if (module == RT_NULL)
        return RT_NULL;
    rt_strncpy(module->parent.name, program->name, RT_NAME_MAX);
    rt_memcpy(program->variables, program->values, program->variables_bytes);
    rt_memset(program->zeros, 0, program->zeros_bytes);
    module->entry_addr = program->main;
    program->init(module);
    return module;
}

/* RT_NULL without memory. */
static struct rt_dlmodule *prepare(const struct rttm_static *program, int argc, char **argv)
{
    struct rt_dlmodule *module = make_module(program);
    char               *command_line = module != RT_NULL ? rttm_join_arguments(argc, argv) : RT_NULL;
    rt_bool_t           is_ready = RT_FALSE;

    if (command_line != RT_NULL)
        is_ready = module->ret_code == 0 && rttm_make_main_thread(module, command_line);
    rt_free(command_line);
    if (is_ready || module == RT_NULL)
        return module;
    dlmodule_destroy(module);
    return RT_NULL;
}

static int run(const struct rttm_static *program, int argc, char **argv)
{
    struct rt_dlmodule *module = prepare(program, argc, argv);
    rt_int32_t          exit_code = EXIT_NOT_STARTED;

    if (module == RT_NULL)
        rt_kprintf("%s: no memory for its thread\n", program->name);
    else
        rttm_run_module(module, &exit_code);
    return exit_code;
}

int rttm_static_run(const struct rttm_static *program, int argc, char **argv)
{
    int exit_code;

    if (!begin(program))
    {
        rt_kprintf("%s: it is running already\n", program->name);
        return EXIT_NOT_STARTED;
    }
    exit_code = run(program, argc, argv);
    *program->is_running = RT_FALSE;
    if (exit_code != 0 && exit_code != EXIT_NOT_STARTED)
        rt_kprintf("exit code %d\n", exit_code);
    return exit_code;
}

#endif /* RTT_MOD_USING_COMMAND */
