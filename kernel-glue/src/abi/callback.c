/* SPDX-License-Identifier: Apache-2.0 */
/* Callbacks of modules: calls that never overlap, and a release that waits for the call that is running. */
#include <rtthread.h>
#include <rthw.h>

#include "../module/resource.h"
#include "../module/upcall.h"
#include "callback.h"

void rttm_callback_bind(struct rttm_bound_callback *bound, struct rttm_resource *resource,
                        const struct rttm_callback *callback)
{
    bound->resource = resource;
    bound->is_running = RT_FALSE;
    bound->is_pending = RT_FALSE;
    bound->callback = *callback;
}

static void callback_upcall(void *argument)
{
    const struct rttm_bound_callback *bound = argument;

    bound->callback.call(bound->callback.context, bound->value);
}

/* RT_FALSE: the callback is already running, and will be called once more with `value`. */
static rt_bool_t callback_enter(struct rttm_bound_callback *bound, uintptr_t value)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t entered = !bound->is_running;

    bound->value = value;
    if (entered)
        bound->is_running = RT_TRUE;
    else
        bound->is_pending = RT_TRUE;
    rt_hw_interrupt_enable(level);
    return entered;
}

/* RT_FALSE: another call came meanwhile. */
static rt_bool_t callback_leave(struct rttm_bound_callback *bound)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t left = !bound->is_pending;

    bound->is_pending = RT_FALSE;
    if (left)
        bound->is_running = RT_FALSE;
    rt_hw_interrupt_enable(level);
    return left;
}

void rttm_callback_call(struct rttm_bound_callback *bound, uintptr_t value)
{
    struct rttm_resource *resource = bound->resource;

    if (bound->callback.call == RT_NULL || !callback_enter(bound, value))
        return;
    do
        rttm_upcall(resource->owner, resource, RTTM_MAY_NOT_WAIT, callback_upcall, bound);
    while (!callback_leave(bound));
}

void rttm_callback_unbind(struct rttm_bound_callback *bound, rt_bool_t owner_ends)
{
    struct rttm_callback callback = bound->callback;

    while (bound->is_running)
        rt_thread_delay(1);
    bound->callback.call = RT_NULL;
    if (callback.call != RT_NULL && !owner_ends)
        rttm_resource_drop(bound->resource, callback.release, callback.context);
}
