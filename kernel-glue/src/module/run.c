/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a program and waits for its end. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "exec.h"
#include "run.h"
#include "../contain/cancel.h"

void rttm_run_start(struct rttm_waiter *waiter)
{
    rttm_waiter_begin(waiter);
    rt_thread_startup(waiter->module->main_thread);
}

rt_int32_t rttm_run_module(struct rttm_module *module)
{
    struct rttm_waiter waiter = {.module = module};

    rttm_run_start(&waiter);
    rttm_waiter_wait_for_ever(&waiter);
    rttm_waiter_leave(&waiter);
    return waiter.result;
}

#ifdef RT_USING_MODULE

enum rttm_loaded rttm_run_load(struct rttm_waiter *waiter, char *path, char *command_line)
{
    struct rttm_cancel_scope scope;
    enum rttm_loaded         loaded;

    rttm_cancel_disable(&scope);
    loaded = rttm_exec_prepare(path, command_line, &waiter->module);
    rt_free(command_line);
    rt_free(path);
    rttm_cancel_enable(&scope);
    return loaded;
}

enum rttm_outcome rttm_run(char *path, char *command_line, rttm_await *await, rt_int32_t *exit_code)
{
    struct rttm_waiter       waiter = {.call = RT_NULL};
    struct rttm_cancel_scope scope;
    enum rttm_loaded         loaded;
    rt_bool_t                has_ended;

    rttm_cancel_disable(&scope); /* cancelled in between, it would leave a program that never starts */
    loaded = rttm_run_load(&waiter, path, command_line);
    if (loaded == RTTM_LOADED_TO_USE)
        rttm_run_start(&waiter);
    rttm_cancel_enable(&scope);
    switch (loaded)
    {
    case RTTM_LOADED_NOT:
        return RTTM_OUTCOME_REFUSED;
    case RTTM_LOADED_TO_STAY:
        return RTTM_OUTCOME_STAYS;
    case RTTM_LOADED_TO_USE:
        break;
    }
    has_ended = await(&waiter);
    rttm_waiter_leave(&waiter);
    *exit_code = waiter.result;
    return has_ended ? RTTM_OUTCOME_EXITED : RTTM_OUTCOME_GOES_ON;
}

#endif /* RT_USING_MODULE */
#endif /* RTT_MOD_USING_COMMAND */
