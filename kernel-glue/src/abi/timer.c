/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timers of modules.
 *
 * All of them are periodic timers of the kernel. A timer that fires once is stopped before its callback is called. So a
 * callback can start its own timer again in every version of RT-Thread; 4.0.3 would lose that start otherwise.
 *
 * The worker calls the callbacks of soft timers, since the stack of the kernel's timer thread is the user's. If the linker has
 * not proven that the worker's stack is enough, each call has a thread of the module's.
 *
 * The kernel accesses a timer once more after its call. So the memory of a timer is freed later, when the timer thread has
 * finished: see rttm_resource_free_deferred.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_TIMER

#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../module/call.h"
#include "../module/wait.h"
#include "../module/upcall.h"
#include "../module/resource.h"
#include "../module/worker.h"
#include "../port/clock.h"
#include "../port/kernel_object.h"
#include "result.h"

struct rttm_timer
{
    struct rttm_resource resource;
    struct rttm_callback callback;
    struct rt_timer      kernel;
    struct rttm_work     call; /* of the callback, if the timer is soft */
    rt_bool_t            is_periodic;
    rt_bool_t            is_hard;
    volatile rt_bool_t   is_called_in_thread; /* now */
    /* Changed with interrupts off. */
    rt_bool_t is_starting;
    rt_bool_t starts_again; /* somebody else has started it meanwhile */
};

/* RT_FALSE if somebody else is about to start it, or if it is closed: there is nothing to do. */
static rt_bool_t timer_begin_start(struct rttm_timer *timer)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t begins = timer->resource.handles != 0 && !timer->is_starting;

    timer->starts_again = timer->is_starting;
    timer->is_starting = begins || timer->is_starting;
    rt_hw_interrupt_enable(level);
    return begins;
}

/* RT_FALSE if it has to be started once more. */
static rt_bool_t timer_end_start(struct rttm_timer *timer)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t is_done = !timer->starts_again;

    timer->starts_again = RT_FALSE;
    timer->is_starting = !is_done;
    rt_hw_interrupt_enable(level);
    return is_done;
}

/* If two started it at once, as a callback in an interrupt can, the kernel would insert it twice. */
static rt_err_t timer_start(struct rttm_timer *timer)
{
    rt_err_t error = RT_EOK;

    if (!timer_begin_start(timer))
        return RT_EOK;
    do
        error = rt_timer_start(&timer->kernel);
    while (!timer_end_start(timer));
    return error;
}

static void timer_stop(struct rttm_timer *timer)
{
    rt_base_t level = rt_hw_interrupt_disable();

    rt_timer_stop(&timer->kernel);
    rt_hw_interrupt_enable(level);
}

static void timer_upcall(void *argument)
{
    const struct rttm_timer *timer = argument;

    timer->callback.call(timer->callback.context, 0);
}

/* What it may do does not depend on the thread that it is called in. */
static void timer_call(struct rttm_timer *timer)
{
    rttm_upcall(timer->resource.owner, &timer->resource, RTTM_NEVER_WAITS, timer_upcall, timer);
}

static rt_int32_t timer_call_here(struct rttm_call *call)
{
    struct rttm_timer *timer = (struct rttm_timer *)call->thread->resource;

    timer_call(timer);
    timer->is_called_in_thread = RT_FALSE;
    return 0;
}

/* If the last call has not returned yet, or without memory, there is none. */
static void timer_call_in_thread(struct rttm_timer *timer)
{
    struct rttm_module *owner = timer->resource.owner;
    struct rttm_call   *call;

    if (timer->is_called_in_thread || !rttm_pin(&timer->resource))
        return;
    call = rttm_call_new(owner, owner->name, timer_call_here, &timer->resource, sizeof *call);
    if (call == RT_NULL)
    {
        rttm_unpin(&timer->resource);
        return;
    }
    timer->is_called_in_thread = RT_TRUE;
    rttm_call_start(call);
}

static void timer_call_soft(struct rttm_work *work)
{
    struct rttm_timer *timer = rt_list_entry(work, struct rttm_timer, call);

    if (timer->resource.owner != RT_NULL && timer->resource.owner->timers_need_threads)
        timer_call_in_thread(timer);
    else
        timer_call(timer);
}

/* The kernel calls it. */
static void timer_fire(void *parameter)
{
    struct rttm_timer *timer = parameter;

    if (!timer->is_periodic)
        timer_stop(timer);
    if (timer->is_hard)
        timer_call(timer);
    else
        rttm_worker_post(&timer->call);
}

static void timer_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_timer   *timer = (struct rttm_timer *)resource;
    struct rttm_callback callback = timer->callback;

    timer_stop(timer);
    rt_timer_detach(&timer->kernel);
    rttm_worker_cancel(&timer->call);
    if (cause == RTTM_RELEASE_CLOSED)
        rttm_resource_drop(resource, callback.release, callback.context);
    rttm_resource_free_deferred(resource);
}

static const struct rttm_class timer_class = {
    .release = timer_release,
    .functions_at = {RTTM_FUNCTION_AT(struct rttm_timer, callback.call)},
};

int32_t rttm_timer_new(uint32_t flags, const struct rttm_callback *callback, struct rttm_timer **timer)
{
    rt_uint8_t         kind = flags & RTTM_TIMER_HARD ? RT_TIMER_FLAG_HARD_TIMER : RT_TIMER_FLAG_SOFT_TIMER;
    struct rttm_timer *made = rttm_resource_new(&timer_class, sizeof *made);

    if (made == RT_NULL)
        return rttm_resource_error();
    made->callback = *callback;
    made->call.run = timer_call_soft;
    made->is_periodic = (flags & RTTM_TIMER_PERIODIC) != 0;
    made->is_hard = (flags & RTTM_TIMER_HARD) != 0;
    rt_timer_init(&made->kernel, rttm_current_name(), timer_fire, made, 1, RT_TIMER_FLAG_PERIODIC | kind);
    rttm_object_make_kernels(&made->kernel.parent);
    rttm_resource_enroll(&made->resource);
    *timer = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_timer_new)

int32_t rttm_timer_start(struct rttm_timer *timer, uint32_t milliseconds)
{
    rt_tick_t ticks = (rt_tick_t)rttm_ticks(milliseconds);

    if (milliseconds == 0 || milliseconds == RTTM_FOREVER)
        return RTTM_ERROR_INVALID;
    rt_timer_control(&timer->kernel, RT_TIMER_CTRL_SET_TIME, &ticks);
    return rttm_result(timer_start(timer));
}
RTM_EXPORT(rttm_timer_start)

int32_t rttm_timer_stop(struct rttm_timer *timer)
{
    timer_stop(timer);
    return RTTM_OK;
}
RTM_EXPORT(rttm_timer_stop)

#endif /* RTT_MOD_USING_TIMER */
