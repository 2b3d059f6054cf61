/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a program and waits for its end. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "../port/compat.h"
#include "exec.h"
#include "run.h"
#include "../contain/cancel.h"

/* A thread that waits for a program; on that thread's stack. */
struct waiter
{
    struct waiter      *next;
    rt_thread_t         caller;
    struct rttm_module *module; /* RT_NULL when it is gone */
    rt_int32_t          exit_code;
    struct rt_semaphore gone;
};

static struct waiter *waiters;

static void add_waiter(struct waiter *waiter)
{
    rt_enter_critical();
    waiter->next = waiters;
    waiters = waiter;
    rt_exit_critical();
}

static void remove_waiter(struct waiter *waiter)
{
    struct waiter **link = &waiters;

    rt_enter_critical();
    while (*link != waiter)
        link = &(*link)->next;
    *link = waiter->next;
    rt_exit_critical();
}

void rttm_run_forget(rt_thread_t caller)
{
    struct waiter **link = &waiters;

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
    struct waiter *waiter;

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

/* Starts the program, whose main thread is made. */
static void start_with(struct waiter *waiter)
{
    rt_sem_init(&waiter->gone, "modrun", 0, RT_IPC_FLAG_FIFO);
    add_waiter(waiter);
    rt_thread_startup(waiter->module->main_thread);
}

static rt_int32_t await_end(struct waiter *waiter)
{
    rt_sem_take(&waiter->gone, RT_WAITING_FOREVER);
    remove_waiter(waiter);
    rt_sem_detach(&waiter->gone);
    return waiter->exit_code;
}

rt_int32_t rttm_run_module(struct rttm_module *module)
{
    struct waiter waiter = {.caller = rt_thread_self(), .module = module};

    start_with(&waiter);
    return await_end(&waiter);
}

#ifdef RT_USING_MODULE

enum rttm_outcome rttm_run(char *path, char *command_line, rt_int32_t *exit_code)
{
    struct waiter            waiter = {.caller = rt_thread_self()};
    struct rttm_cancel_scope scope;
    enum rttm_loaded         loaded;

    rttm_cancel_disable(&scope);
    loaded = rttm_exec_prepare(path, command_line, &waiter.module);
    if (loaded == RTTM_LOADED_TO_USE)
        start_with(&waiter);
    rt_free(command_line);
    rt_free(path);
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
    *exit_code = await_end(&waiter);
    return RTTM_OUTCOME_EXITED;
}

#endif /* RT_USING_MODULE */
#endif /* RTT_MOD_USING_COMMAND */
