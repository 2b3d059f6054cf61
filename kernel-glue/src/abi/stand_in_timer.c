/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Timers for modules in C. The callback of one is called as that of rttm_timer_new is: in the worker or in an interrupt, as
 * an upcall. The kernel's timer calls a function of the glue's.
 */
#include "../port/groups.h"
#if defined(RTT_MOD_USING_C_MODULES) && defined(RTT_MOD_USING_TIMER)

#include <rtthread.h>

#include "../module/resource.h"
#include "../module/stand_in.h"
#include "../module/upcall.h"
#include "../module/worker.h"
#include "../port/kernel_object.h"
#include "rtt_mod.h"

struct own_timer
{
    struct rttm_resource resource;
    rt_timer_t           kernel; /* RT_NULL: it is not made yet */
    void (*callback)(void *parameter);
    void            *parameter;
    struct rttm_work call; /* of the callback, if the timer is soft */
    rt_bool_t        is_soft;
    rt_bool_t        is_static; /* the kernel's part is the module's, by rt_timer_init */
};

static void own_timer_upcall(void *argument)
{
    const struct own_timer *timer = argument;

    timer->callback(timer->parameter);
}

static void own_timer_call(struct own_timer *timer)
{
    rttm_upcall(timer->resource.owner, &timer->resource, RTTM_MAY_NOT_WAIT, own_timer_upcall, timer);
}

static void own_timer_call_soft(struct rttm_work *work)
{
    own_timer_call(rt_list_entry(work, struct own_timer, call));
}

/* The kernel calls it. */
static void own_timer_fire(void *parameter)
{
    struct own_timer *timer = parameter;

    if (timer->is_soft)
        rttm_worker_post(&timer->call);
    else
        own_timer_call(timer);
}

static void own_timer_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct own_timer *timer = (struct own_timer *)resource;

    (void)cause;
    if (timer->is_static)
        rt_timer_detach(timer->kernel);
    else
        rt_timer_delete(timer->kernel);
    rttm_worker_cancel(&timer->call);
    rttm_resource_free_deferred(resource);
}

static const struct rttm_class own_timer_class = {
    .release = own_timer_release,
    .functions_at = {RTTM_FUNCTION_AT(struct own_timer, callback)},
};

static struct own_timer *own_timer_new(void (*callback)(void *parameter), void *parameter, rt_uint8_t flag)
{
    struct own_timer *timer = rttm_resource_new(&own_timer_class, sizeof *timer);

    if (timer == RT_NULL)
        return RT_NULL;
    timer->callback = callback;
    timer->parameter = parameter;
    timer->call.run = own_timer_call_soft;
    timer->is_soft = (flag & RT_TIMER_FLAG_SOFT_TIMER) != 0;
    return timer;
}

static rt_timer_t own_timer_create(const char *name, void (*callback)(void *parameter), void *parameter, rt_tick_t time,
                                   rt_uint8_t flag)
{
    struct own_timer *timer = own_timer_new(callback, parameter, flag);

    if (timer == RT_NULL)
        return RT_NULL;
    timer->kernel = rt_timer_create(name, own_timer_fire, timer, time, flag);
    if (timer->kernel == RT_NULL)
    {
        rttm_resource_free(&timer->resource);
        return RT_NULL;
    }
    rttm_object_make_kernels(&timer->kernel->parent);
    rttm_resource_enroll(&timer->resource);
    return timer->kernel;
}

/* Without memory the timer is the kernel's own, as if there were no stand-in: there is no result that says so. */
static void own_timer_init(rt_timer_t kernel, const char *name, void (*callback)(void *parameter), void *parameter,
                           rt_tick_t time, rt_uint8_t flag)
{
    struct own_timer *timer = own_timer_new(callback, parameter, flag);

    if (timer == RT_NULL)
    {
        rt_timer_init(kernel, name, callback, parameter, time, flag);
        return;
    }
    timer->kernel = kernel;
    timer->is_static = RT_TRUE;
    rt_timer_init(kernel, name, own_timer_fire, timer, time, flag);
    rttm_object_make_kernels(&kernel->parent);
    rttm_resource_enroll(&timer->resource);
}

static rt_bool_t is_of_kernels(const struct rttm_resource *resource, const void *kernel)
{
    return ((const struct own_timer *)resource)->kernel == kernel;
}

/* RT_TRUE if there was a timer of a module's around `kernel`, and now there is none. */
static rt_bool_t close_own_timer(rt_timer_t kernel)
{
    struct rttm_resource *timer = rttm_resource_find(&own_timer_class, is_of_kernels, kernel);

    if (timer != RT_NULL)
        rttm_close(timer);
    return timer != RT_NULL;
}

static rt_err_t own_timer_delete(rt_timer_t kernel)
{
    return close_own_timer(kernel) ? RT_EOK : rt_timer_delete(kernel);
}

static rt_err_t own_timer_detach(rt_timer_t kernel)
{
    return close_own_timer(kernel) ? RT_EOK : rt_timer_detach(kernel);
}

static const struct rttm_stand_in functions[] = {
    RTTM_STAND_IN(rt_timer_create, own_timer_create),
    RTTM_STAND_IN(rt_timer_init, own_timer_init),
    RTTM_STAND_IN(rt_timer_delete, own_timer_delete),
    RTTM_STAND_IN(rt_timer_detach, own_timer_detach),
};

static struct rttm_stand_ins stand_ins = {RT_NULL, functions, sizeof functions / sizeof *functions};

static int own_timers(void)
{
    rttm_stand_ins_add(&stand_ins);
    return 0;
}
INIT_COMPONENT_EXPORT(own_timers);

#endif /* RTT_MOD_USING_C_MODULES && RTT_MOD_USING_TIMER */
