/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>
#include <rthw.h>

#include "../module/guard.h"
#include "listener.h"
#include "../module/visit.h"

void rttm_listener_begin(struct rttm_listener *listener, const struct rttm_callback *callback)
{
    listener->owner = rttm_current_module();
    listener->is_called = RT_FALSE;
    listener->is_missed = RT_FALSE;
    listener->callback = *callback;
}

static void callback_upcall(void *argument)
{
    const struct rttm_listener *listener = argument;

    listener->callback.call(listener->callback.context, listener->value);
}

/* RT_FALSE: somebody else calls already, and will do it once more. */
static rt_bool_t callback_enter(struct rttm_listener *listener, uintptr_t value)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t entered = !listener->is_called;

    listener->value = value;
    if (entered)
        listener->is_called = RT_TRUE;
    else
        listener->is_missed = RT_TRUE;
    rt_hw_interrupt_enable(level);
    return entered;
}

/* RT_FALSE: somebody has come meanwhile. */
static rt_bool_t callback_leave(struct rttm_listener *listener)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t left = !listener->is_missed;

    listener->is_missed = RT_FALSE;
    if (left)
        listener->is_called = RT_FALSE;
    rt_hw_interrupt_enable(level);
    return left;
}

void rttm_listener_call(struct rttm_listener *listener, uintptr_t value)
{
    struct rttm_visit visit;

    if (listener->callback.call == RT_NULL || !callback_enter(listener, value))
        return;
    rttm_visit_begin(&visit, listener);
    do
        rttm_call_module(listener->owner, RTTM_MAY_NOT_WAIT, callback_upcall, listener);
    while (!callback_leave(listener));
    rttm_visit_end(&visit);
}

void rttm_listener_end(struct rttm_listener *listener, rt_bool_t owner_ends)
{
    struct rttm_callback callback = listener->callback;

    rttm_visits_drain(listener);
    listener->callback.call = RT_NULL;
    if (callback.call != RT_NULL && callback.release != RT_NULL && !owner_ends)
        callback.release(callback.context);
}
