/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a program and waits for its end. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "../port/compat.h"
#include "end.h"
#include "exec.h"
#include "run.h"
#include "../contain/cancel.h"

static struct rttm_waiter *waiters;

static void add_waiter(struct rttm_waiter *waiter)
{
    rt_enter_critical();
    waiter->next = waiters;
    waiters = waiter;
    rt_exit_critical();
}

static void remove_waiter(struct rttm_waiter *waiter)
{
    struct rttm_waiter **link = &waiters;

    rt_enter_critical();
    while (*link != waiter)
        link = &(*link)->next;
    *link = waiter->next;
    rt_exit_critical();
}

void rttm_run_forget(rt_thread_t caller)
{
    struct rttm_waiter **link = &waiters;

    while (*link != RT_NULL)
    {
        if ((*link)->caller != caller)
        {
            link = &(*link)->next;
            continue;
        }
        rt_sem_detach(&(*link)->gone);
        *link = (*link)->next;
    }
}

void rttm_run_tell(const struct rttm_module *module)
{
    struct rttm_waiter *waiter;

    rt_enter_critical();
    for (waiter = waiters; waiter != RT_NULL; waiter = waiter->next)
    {
        if (waiter->module != module)
            continue;
        waiter->module = RT_NULL; /* another module may get its address */
        waiter->exit_code = module->exit_code;
        rt_sem_release(&waiter->gone);
    }
    rt_exit_critical();
}

void rttm_run_start(struct rttm_waiter *waiter)
{
    waiter->caller = rt_thread_self();
    rt_sem_init(&waiter->gone, "modrun", 0, RT_IPC_FLAG_FIFO);
    add_waiter(waiter);
    rt_thread_startup(waiter->module->main_thread);
}

void rttm_run_leave(struct rttm_waiter *waiter)
{
    remove_waiter(waiter);
    rt_sem_detach(&waiter->gone);
}

rt_bool_t rttm_run_await(struct rttm_waiter *waiter, rt_int32_t ticks)
{
    if (rt_sem_take(&waiter->gone, ticks) != RT_EOK && ticks != RT_WAITING_FOREVER)
        return RT_FALSE;
    rttm_run_leave(waiter);
    return RT_TRUE;
}

void rttm_run_kill(struct rttm_waiter *waiter)
{
    rt_enter_critical();
    if (waiter->module != RT_NULL)
        rttm_end(waiter->module, RTTM_EXIT_KILLED, RTTM_CAUSE_KILL);
    rt_exit_critical();
}

rt_int32_t rttm_run_module(struct rttm_module *module)
{
    struct rttm_waiter waiter = {.module = module};

    rttm_run_start(&waiter);
    rttm_run_await(&waiter, RT_WAITING_FOREVER);
    return waiter.exit_code;
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

rt_bool_t rttm_run_await_end(struct rttm_waiter *waiter)
{
    return rttm_run_await(waiter, RT_WAITING_FOREVER);
}

enum rttm_outcome rttm_run(char *path, char *command_line, rt_bool_t (*await)(struct rttm_waiter *waiter),
                           rt_int32_t *exit_code)
{
    struct rttm_waiter       waiter;
    struct rttm_cancel_scope scope;
    enum rttm_loaded         loaded;

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
    if (!await(&waiter))
        return RTTM_OUTCOME_GOES_ON;
    *exit_code = waiter.exit_code;
    return RTTM_OUTCOME_EXITED;
}

#endif /* RT_USING_MODULE */
#endif /* RTT_MOD_USING_COMMAND */
