/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs programs, in place of the kernel's `dlmodule_load` and `dlmodule_exec`, which are linked with
 * `-Wl,--wrap=dlmodule_load,--wrap=dlmodule_exec`.
 *
 * The kernel's own would read the file without verifying it, give every program at least 2048 bytes of stack, put
 * those without a priority of their own on the idle thread's, and drop the result of `main`.
 */
#include <rtthread.h>

#include "arguments.h"
#include "compat.h"
#include "end.h"
#include "exec.h"
#include "figures.h"
#include "load.h"
#include "log.h"
#include "module.h"
#include "refuse.h"
#include "shelter.h"
#include "stack_guard.h"

/* Of the main thread, in ticks: as dlmodule_exec has it. */
#define TIME_SLICE 10

/* What the linker makes of other files' calls of dlmodule_load and dlmodule_exec. */
struct rt_dlmodule *__wrap_dlmodule_load(const char *path);
struct rt_dlmodule *__wrap_dlmodule_exec(const char *path, const char *command_line, int length);

static void main_thread(void *parameter)
{
    struct rt_dlmodule *module = parameter;
    char               *argv[RTT_MOD_ARGUMENTS_MAX + 1] = {RT_NULL};
    int                 argc = rttm_split_arguments(module->cmd_line, argv);

    rttm_stack_limit();
    module->stat = RT_DLMODULE_STAT_RUNNING;
    rttm_end(module, module->entry_addr(argc, argv), RTTM_CAUSE_RETURN);
}

/* By a thread of whatever module: what that makes is the kernel's and not its module's, with which it would go. */
static rt_thread_t create_thread(struct rt_dlmodule *module)
{
    struct rt_object *caller = rttm_thread_object(rt_thread_self());
    void             *callers_module = caller->module_id;
    rt_thread_t       thread;

    caller->module_id = RT_NULL;
    thread = rt_thread_create(module->parent.name, main_thread, module, module->stack_size + RTTM_STACK_GUARD_BYTES,
                              (rt_uint8_t)module->priority, TIME_SLICE);
    caller->module_id = callers_module;
    return thread;
}

rt_bool_t rttm_exec_make_thread(struct rt_dlmodule *module, const char *command_line)
{
    rt_thread_t thread;

    if (module->priority > RTTM_PRIORITY_LOWEST)
        module->priority = RTTM_PRIORITY_LOWEST;
    module->cmd_line = rt_strdup(command_line);
    if (module->cmd_line == RT_NULL)
        return RT_FALSE;
    thread = create_thread(module);
    if (thread == RT_NULL)
        return RT_FALSE;
    rttm_thread_object(thread)->module_id = module;
    module->main_thread = thread;
    rttm_figures_take_thread(module, thread->stack_size);
    rttm_figures_begin(module);
    return RT_TRUE;
}

enum rttm_loaded rttm_exec_prepare(const char *path, const char *command_line, struct rt_dlmodule **module)
{
    enum rttm_loaded loaded = rttm_load(path, RTTM_USE_PROGRAM, module);

    if (loaded != RTTM_LOADED_TO_USE || rttm_exec_make_thread(*module, command_line))
        return loaded;
    rttm_refuse_thread(path, (*module)->stack_size);
    rttm_log_refusal((*module)->parent.name);
    dlmodule_destroy(*module);
    return RTTM_LOADED_NOT;
}

enum rttm_loaded rttm_exec(const char *path, const char *command_line, struct rt_dlmodule **module)
{
    struct rttm_shelter shelter;
    enum rttm_loaded    loaded;

    rttm_shelter_enter(&shelter); /* stopped in here, a module's thread would leave a program that never starts */
    loaded = rttm_exec_prepare(path, command_line, module);
    if (loaded == RTTM_LOADED_TO_USE)
        rt_thread_startup((*module)->main_thread);
    rttm_shelter_leave(&shelter);
    return loaded;
}

struct rt_dlmodule *__wrap_dlmodule_load(const char *path)
{
    struct rt_dlmodule *module;

    return rttm_load(path, RTTM_USE_LIBRARY, &module) == RTTM_LOADED_TO_USE ? module : RT_NULL;
}

/* RT_NULL for a resident module as well, which may be gone again. */
struct rt_dlmodule *__wrap_dlmodule_exec(const char *path, const char *command_line, int length)
{
    struct rt_dlmodule *module;

    (void)length;
    return rttm_exec(path, command_line, &module) == RTTM_LOADED_TO_USE ? module : RT_NULL;
}
