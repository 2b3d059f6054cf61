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
    struct rttm_module *module;
    rt_thread_t         thread; /* the main thread of the program, or the thread that ends it */
    enum rttm_outcome   outcome;
    rt_int32_t          exit_code;
    struct rt_semaphore freed; /* released when the module is */
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
        rt_sem_detach(&(*link)->freed);
        *link = (*link)->next;
    }
}

void rttm_run_set_code(const struct rttm_module *module, rt_int32_t code)
{
    struct waiter *waiter;

    rt_enter_critical();
    for (waiter = waiters; waiter != RT_NULL; waiter = waiter->next)
    {
        if (waiter->module == module)
        {
            waiter->exit_code = code;
            waiter->outcome = RTTM_OUTCOME_EXITED;
            waiter->module = RT_NULL; /* another module may get its address */
        }
    }
    rt_exit_critical();
}

void rttm_run_set_thread(const struct rttm_module *module, rt_thread_t thread)
{
    struct waiter *waiter;

    rt_enter_critical();
    for (waiter = waiters; waiter != RT_NULL; waiter = waiter->next)
    {
        if (waiter->module == module)
            waiter->thread = thread;
    }
    rt_exit_critical();
}

/* Called in the idle thread, after it has destroyed the module and before it frees the main thread. */
static void module_is_freed(rt_thread_t thread)
{
    struct waiter *waiter;

    rt_enter_critical();
    for (waiter = waiters; waiter != RT_NULL; waiter = waiter->next)
    {
        if (waiter->thread == thread)
            rt_sem_release(&waiter->freed);
    }
    rt_exit_critical();
}

/* Whether the closed `thread` is still there. A new thread at the same address does not count. */
static rt_bool_t is_being_freed(rt_thread_t thread)
{
    struct rt_object_information *threads = rt_object_get_information(RT_Object_Class_Thread);
    rt_bool_t                     found = RT_FALSE;
    rt_list_t                    *node;

    rt_enter_critical();
    rt_list_for_each(node, &threads->object_list)
    {
        if (rt_list_entry(node, struct rt_object, list) == rttm_thread_object(thread))
            found = rttm_thread_is_closed(thread);
    }
    rt_exit_critical();
    return found;
}

static void wait_until_freed(struct waiter *waiter)
{
    rt_sem_take(&waiter->freed, RT_WAITING_FOREVER);
    do
        rt_thread_delay(1); /* lets the idle thread free the main thread's stack */
    while (is_being_freed(waiter->thread));
}

/* Starts the program, whose main thread is made. */
static void start_with(struct waiter *waiter)
{
    waiter->thread = waiter->module->main_thread;
    waiter->thread->cleanup = module_is_freed;
    rt_sem_init(&waiter->freed, "modrun", 0, RT_IPC_FLAG_FIFO);
    add_waiter(waiter);
    rt_thread_startup(waiter->thread);
}

static enum rttm_outcome await_end(struct waiter *waiter, rt_int32_t *exit_code)
{
    wait_until_freed(waiter);
    remove_waiter(waiter);
    rt_sem_detach(&waiter->freed);
    *exit_code = waiter->exit_code;
    return waiter->outcome;
}

enum rttm_outcome rttm_run_module(struct rttm_module *module, rt_int32_t *exit_code)
{
    struct waiter waiter = {.outcome = RTTM_OUTCOME_ENDED, .caller = rt_thread_self(), .module = module};

    start_with(&waiter);
    return await_end(&waiter, exit_code);
}

#ifdef RT_USING_MODULE

enum rttm_outcome rttm_run(char *path, char *command_line, rt_int32_t *exit_code)
{
    struct waiter            waiter = {.outcome = RTTM_OUTCOME_ENDED, .caller = rt_thread_self()};
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
    return await_end(&waiter, exit_code);
}

#endif /* RT_USING_MODULE */
#endif /* RTT_MOD_USING_COMMAND */
