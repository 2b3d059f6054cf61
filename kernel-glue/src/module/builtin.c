/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Built-in programs, which are linked into the firmware. Each has a record while it runs, or while it stays loaded. The
 * record has neither an image nor a module of the kernel.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "../port/compat.h"
#include "arguments.h"
#include "end.h"
#include "main_thread.h"
#include "refuse.h"
#include "resident.h"
#include "run.h"
#include "rttm_builtin.h"

#define EXIT_NOT_STARTED (-1)

/* The variables of a program exist once, so it runs once at a time. RT_FALSE if it runs already. */
static rt_bool_t claim_builtin(const struct rttm_builtin *program, struct rttm_module *module)
{
    struct rttm_module *other;
    rt_bool_t           is_free = RT_TRUE;

    rt_enter_critical();
    RTTM_FOR_EACH_MODULE(other)
    is_free = is_free && other->builtin != program;
    if (is_free)
        module->builtin = program;
    rt_exit_critical();
    return is_free;
}

/* Does what the load of a file does: afterwards the record says what the module is. */
static void load_builtin(const struct rttm_builtin *program, struct rttm_module *module)
{
    rt_memcpy(program->variables, program->values, program->variables_bytes);
    rt_memset(program->zeros, 0, program->zeros_bytes);
    module->entry = program->main;
    program->init((struct rt_dlmodule *)module);
}

static int run_builtin(struct rttm_module *module, int argc, char **argv)
{
    char      *command_line = rttm_join_arguments(argc, argv);
    rt_bool_t  is_ready = command_line != RT_NULL && rttm_make_main_thread(module, command_line);
    rt_int32_t exit_code;

    rt_free(command_line);
    if (!is_ready)
    {
        rttm_refuse_thread(module->name, module->stack_bytes);
        rttm_discard(module);
        return EXIT_NOT_STARTED;
    }
    exit_code = rttm_run_module(module);
    if (exit_code != 0)
        rt_kprintf("exit code %s%u\n", rttm_sign(exit_code), rttm_magnitude(exit_code));
    return (int)exit_code;
}

static int begin_resident(const struct rttm_builtin *program, struct rttm_module *module)
{
    const char *reason = rttm_resident_unsuitable(module, RTTM_USE_RESIDENT);

    if (reason == RT_NULL)
        return rttm_resident_begin(program->name, module) == RTTM_LOADED_TO_STAY ? 0 : EXIT_NOT_STARTED;
    rttm_refuse(program->name, "%s", reason);
    rttm_discard(module);
    return EXIT_NOT_STARTED;
}

int rttm_builtin_run(const struct rttm_builtin *program, int argc, char **argv)
{
    struct rttm_module *module = rttm_module_new(program->name);

    if (module == RT_NULL)
    {
        rttm_refuse(program->name, "no memory for its record");
        return EXIT_NOT_STARTED;
    }
    if (!claim_builtin(program, module))
    {
        rttm_module_delete(module);
        rttm_refuse(program->name, program->main != RT_NULL ? "it is running already" : "it is loaded already");
        return EXIT_NOT_STARTED;
    }
    load_builtin(program, module);
    return program->main != RT_NULL ? run_builtin(module, argc, argv) : begin_resident(program, module);
}

#endif /* RTT_MOD_USING_COMMAND */
