/* SPDX-License-Identifier: Apache-2.0 */
/* Makes calls on threads of modules, and frees the threads afterwards. */
#include <rtthread.h>

#include "../port/compat.h"
#include "call.h"
#include "threads.h"
#include "worker.h"

/* In ticks, as that of a main thread. */
#define TIME_SLICE 10

/* How often Ctrl-C is looked for. */
#define LOOK_TICKS (RT_TICK_PER_SECOND / 50 + 1)

rt_bool_t (*rttm_hears_ctrl_c)(void);

static rt_bool_t is_over(rt_thread_t thread, void *run)
{
    const struct rttm_module_thread *own = rttm_module_thread_of(thread);
    const struct rttm_call          *call;

    if (own == RT_NULL || (void *)own->run != run)
        return RT_FALSE;
    call = own->context;
    return call->has_returned && call->is_left;
}

/* ---- the thread --------------------------------------------------------------------------------------------------- */

static void free_threads(struct rttm_work *unused);

/* By the worker, which also ends modules: nobody else frees a thread meanwhile. */
static struct rttm_work freeing = {RT_NULL, free_threads};

static void run_call(struct rttm_module_thread *own)
{
    struct rttm_call *call = own->context;
    rt_int32_t        result = call->function(call);

    rt_enter_critical();
    call->has_returned = RT_TRUE;
    rttm_waiters_tell_return(call, result);
    rt_exit_critical();
    rttm_worker_post(&freeing);
    rttm_wait_for_the_end();
}

static rt_thread_t find_over(void)
{
    const struct rttm_module *module;
    rt_thread_t               thread = RT_NULL;

    rt_enter_critical();
    RTTM_FOR_EACH_MODULE(module)
    {
        if (thread == RT_NULL && !rttm_is_over(module))
            thread = rttm_threads_find(module, is_over, (void *)run_call);
    }
    rt_exit_critical();
    return thread;
}

static void free_threads(struct rttm_work *unused)
{
    rt_thread_t thread;

    (void)unused;
    while ((thread = find_over()) != RT_NULL)
        rttm_threads_free(rttm_module_thread_of(thread));
}

/* ---- the caller --------------------------------------------------------------------------------------------------- */

void *rttm_call_new(struct rttm_module *module, const char *name, rt_int32_t (*function)(struct rttm_call *call),
                    struct rttm_resource *resource, rt_uint32_t bytes)
{
    const struct rttm_thread_plan plan = {
        .name = name,
        .stack_bytes = module->stack_bytes,
        .is_proven = module->stack_is_proven,
        .priority = rttm_priority_of(rt_thread_self()),
        .time_slice = TIME_SLICE,
        .run = run_call,
        .context_bytes = bytes,
    };
    struct rttm_module_thread *thread = rttm_threads_create(module, &plan);
    struct rttm_call          *call;

    if (thread == RT_NULL)
        return RT_NULL;
    thread->resource = resource;
    call = thread->context;
    call->function = function;
    call->thread = thread;
    return call;
}

void rttm_call_start(struct rttm_call *call)
{
    call->is_left = RT_TRUE;
    rt_thread_startup(&call->thread->kernel);
}

enum rttm_call_outcome rttm_call(struct rttm_call *call, rttm_await *await, rt_int32_t *result)
{
    struct rttm_waiter     waiter = {.module = call->thread->module, .call = call};
    enum rttm_call_outcome outcome = RTTM_CALL_LEFT;

    rttm_waiter_begin(&waiter);
    rt_thread_startup(&call->thread->kernel);
    if (await(&waiter))
        outcome = RTTM_CALL_RETURNED;
    rt_enter_critical(); /* the module may end, and then the call is freed */
    if (waiter.module == RT_NULL)
        outcome = RTTM_CALL_ENDED;
    else
        call->is_left = RT_TRUE;
    rttm_waiter_leave(&waiter);
    rt_exit_critical();
    rttm_worker_post(&freeing);
    *result = waiter.result;
    return outcome;
}

rt_bool_t rttm_await_or_end(struct rttm_waiter *waiter)
{
    while (!rttm_waiter_wait(waiter, LOOK_TICKS))
    {
        if (rttm_hears_ctrl_c == RT_NULL || !rttm_hears_ctrl_c())
            continue;
        rt_kprintf("ended by Ctrl-C\n");
        rttm_waiter_kill(waiter);
    }
    return RT_TRUE;
}
