/* SPDX-License-Identifier: Apache-2.0 */
/* Makes upcalls, counts them, aborts them, and says which of them may wait. */
#include <setjmp.h>

#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../contain/contained.h"
#include "../contain/critical.h"
#include "../contain/interrupt.h"
#include "../port/compat.h"
#include "record.h"
#include "upcall.h"
#include "wait.h"

/* One call of a module's function; on the caller's stack. */
struct rttm_upcall
{
    struct rttm_upcall *volatile outer;
    struct rttm_module       *module;
    rt_thread_t               thread;   /* RT_NULL in an interrupt */
    struct rttm_cancel_scope *scope;    /* around the call */
    rt_uint8_t                priority; /* of the thread, before */
    rt_bool_t                 panicking;
    rt_bool_t                 may_wait;
    rt_bool_t                 waiting; /* in a call of the module ABI that waits */
    jmp_buf                   caller;
};

/* The upcalls of all threads and interrupts, the newest first. Changed with interrupts off. */
static struct rttm_upcall *volatile upcalls;

/* The thread whose code runs here; RT_NULL in an interrupt. */
static rt_thread_t context(void)
{
    return rt_interrupt_get_nest() == 0 ? rt_thread_self() : RT_NULL;
}

/* RT_NULL for interrupts. */
static struct rttm_upcall *innermost_of(rt_thread_t thread)
{
    struct rttm_upcall *upcall;
    rt_base_t           level = rt_hw_interrupt_disable();

    for (upcall = upcalls; upcall != RT_NULL && upcall->thread != thread; upcall = upcall->outer)
        ;
    rt_hw_interrupt_enable(level);
    return upcall;
}

#ifdef RTTM_HAS_CALLBACKS

static struct rttm_upcall *innermost(void)
{
    return upcalls != RT_NULL ? innermost_of(context()) : RT_NULL;
}

/* RT_FALSE: the module is about to end. */
static rt_bool_t enter(struct rttm_upcall *upcall, struct rttm_module *module, enum rttm_patience patience)
{
    const struct rttm_upcall *outer = innermost();
    rt_base_t                 level;
    rt_bool_t                 entered;

    upcall->module = module;
    upcall->thread = context();
    upcall->may_wait = patience == RTTM_MAY_WAIT && upcall->thread != RT_NULL && (outer == RT_NULL || outer->may_wait);
    upcall->priority = upcall->thread != RT_NULL ? rttm_priority_of(upcall->thread) : 0;
    upcall->scope = upcall->thread != RT_NULL ? rttm_cancel_scope_of(upcall->thread) : RT_NULL;
    upcall->panicking = RT_FALSE;
    upcall->waiting = RT_FALSE;
    level = rt_hw_interrupt_disable();
    entered = !rttm_is_ending(module);
    if (entered)
    {
        upcall->outer = upcalls;
        upcalls = upcall;
        rttm_special_call_begin();
    }
    rt_hw_interrupt_enable(level);
    return entered;
}

static void leave(struct rttm_upcall *upcall)
{
    struct rttm_upcall *volatile *link = &upcalls;
    rt_base_t                     level = rt_hw_interrupt_disable();

    while (*link != upcall)
        link = &(*link)->outer;
    *link = upcall->outer;
    rttm_special_call_end();
    rt_hw_interrupt_enable(level);
}

rt_bool_t rttm_upcall(struct rttm_module *module, enum rttm_patience patience, void (*work)(void *argument),
                      void *argument)
{
    struct rttm_upcall upcall;

    if (rttm_current_module() == module)
    {
        work(argument);
        return RT_TRUE;
    }
    if (!enter(&upcall, module, patience))
        return RT_FALSE;
    if (setjmp(upcall.caller) != 0)
        return RT_FALSE;
    work(argument);
    leave(&upcall);
    return RT_TRUE;
}

#else

static struct rttm_upcall *innermost(void)
{
    return RT_NULL;
}

#endif /* RTTM_HAS_CALLBACKS */

struct rttm_module *rttm_current_module(void)
{
    struct rttm_upcall *upcall = innermost();

    if (upcall != RT_NULL)
        return upcall->module;
    if (context() == RT_NULL)
        return RT_NULL;
    return rttm_module_of_thread(rt_thread_self());
}

const char *rttm_current_name(void)
{
    const struct rttm_module *module = rttm_current_module();

    return module != RT_NULL ? module->name : "module";
}

const void *rttm_upcall_frame(rt_thread_t thread)
{
    return innermost_of(thread);
}

const struct rttm_cancel_scope *rttm_upcall_scope(void)
{
    const struct rttm_upcall *upcall = innermost();

    return upcall != RT_NULL ? upcall->scope : RT_NULL;
}

#ifdef RTTM_HAS_CALLBACKS

rt_bool_t rttm_in_upcall(void)
{
    return innermost() != RT_NULL;
}

/* The innermost upcall, for callers that run inside of one. */
static struct rttm_upcall *surrounding_upcall(void)
{
    struct rttm_upcall *upcall = innermost_of(context());

    if (upcall == RT_NULL)
        __builtin_unreachable();
    return upcall;
}

rt_bool_t rttm_upcall_begin_panic(void)
{
    struct rttm_upcall *upcall = surrounding_upcall();

    if (upcall->panicking)
        return RT_FALSE;
    upcall->panicking = RT_TRUE;
    return RT_TRUE;
}

/* A mutex that the module has left locked may have raised it. */
static void restore_priority(const struct rttm_upcall *upcall)
{
    rt_uint8_t priority = upcall->priority;

    if (rttm_priority_of(upcall->thread) != priority)
        rt_thread_control(upcall->thread, RT_THREAD_CTRL_CHANGE_PRIORITY, &priority);
}

void rttm_upcall_abort(void)
{
    struct rttm_upcall *upcall = surrounding_upcall();

    rttm_interrupt_leave();
    if (upcall->thread != RT_NULL)
    {
        rttm_critical_leave();
        restore_priority(upcall);
        rttm_cancel_forget(upcall->thread, upcall->scope);
    }
    /* Threads of a scope, which borrow from this stack, may still run. */
    while (upcall->may_wait && upcall->module->state < RTTM_STATE_STOPPED)
        rt_thread_delay(1);
    leave(upcall);
    longjmp(upcall->caller, 1);
}

#endif /* RTTM_HAS_CALLBACKS */

int32_t rttm_may_wait(void)
{
    struct rttm_upcall *upcall = innermost();

    if (rttm_interrupts_are_off() || rt_interrupt_get_nest() != 0 || (upcall != RT_NULL && !upcall->may_wait))
        return RTTM_ERROR_WOULD_WAIT;
    return RTTM_OK;
}
RTM_EXPORT(rttm_may_wait)

int32_t rttm_wait_begin(void)
{
    struct rttm_upcall *upcall = innermost();

    if (rttm_interrupts_are_off())
        return RTTM_ERROR_WOULD_WAIT;
    if (upcall == RT_NULL)
        return rt_interrupt_get_nest() == 0 ? RTTM_OK : RTTM_ERROR_WOULD_WAIT;
    if (!upcall->may_wait)
        return RTTM_ERROR_WOULD_WAIT;
    upcall->waiting = RT_TRUE;
    return RTTM_OK;
}

void rttm_wait_end(void)
{
    struct rttm_upcall *upcall = innermost();

    if (upcall == RT_NULL)
        return;
    upcall->waiting = RT_FALSE;
    if (rttm_is_ending(upcall->module))
        rttm_upcall_abort();
}

int rttm_upcall_count(const struct rttm_module *module)
{
    const struct rttm_upcall *upcall;
    int                       callers = 0;
    rt_base_t                 level = rt_hw_interrupt_disable();

    for (upcall = upcalls; upcall != RT_NULL; upcall = upcall->outer)
        callers += upcall->module == module;
    rt_hw_interrupt_enable(level);
    return callers;
}

#ifdef RTTM_HAS_CALLBACKS

/* RT_FALSE if there is no upcall of `module`. */
static rt_bool_t wake_callers_of(const struct rttm_module *module)
{
    struct rttm_upcall *upcall;
    rt_bool_t           found = RT_FALSE;
    rt_base_t           level;

    rt_enter_critical(); /* from 5.1 on, to resume a thread may be to switch to it, interrupts on or off */
    level = rt_hw_interrupt_disable();
    for (upcall = upcalls; upcall != RT_NULL; upcall = upcall->outer)
    {
        if (upcall->module != module)
            continue;
        found = RT_TRUE;
        if (upcall->waiting && rttm_thread_is_suspended(upcall->thread))
        {
            upcall->thread->error = -RT_EINTR;
            rt_thread_resume(upcall->thread);
        }
    }
    rt_hw_interrupt_enable(level);
    rt_exit_critical();
    return found;
}

void rttm_upcalls_drain(const struct rttm_module *module)
{
    while (wake_callers_of(module))
        rt_thread_delay(1);
}

void rttm_upcalls_forget(rt_thread_t thread)
{
    struct rttm_upcall *volatile *link = &upcalls;
    rt_base_t                     level = rt_hw_interrupt_disable();

    while (*link != RT_NULL)
    {
        if ((*link)->thread != thread)
        {
            link = &(*link)->outer;
            continue;
        }
        *link = (*link)->outer;
        rttm_special_call_end();
    }
    rt_hw_interrupt_enable(level);
}

#endif /* RTTM_HAS_CALLBACKS */
