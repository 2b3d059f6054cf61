/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>

#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../port/compat.h"
#include "../contain/critical.h"
#include "end.h"
#include "guard.h"
#include "../contain/interrupt.h"
#include "module.h"
#include "../contain/shelter.h"
#include "../contain/wait.h"

/* One call of a module's function; on the caller's stack. */
struct rttm_guard
{
    struct rttm_guard *volatile outer;
    struct rt_dlmodule  *module;
    rt_thread_t          thread;   /* RT_NULL in an interrupt */
    struct rttm_shelter *shelter;  /* around the call */
    rt_uint8_t           priority; /* of the thread, before */
    rt_bool_t            panicking;
    rt_bool_t            may_wait;
    rt_bool_t            waiting; /* in a call of the module ABI that waits */
    jmp_buf              caller;
};

/* The guards of all threads and interrupts, the newest first. Changed with interrupts off. */
static struct rttm_guard *volatile guards;

volatile rt_uint32_t rttm_special_calls;

/* Whose guards are those of the code that runs here. */
static rt_thread_t context(void)
{
    return rt_interrupt_get_nest() == 0 ? rt_thread_self() : RT_NULL;
}

/* RT_NULL for interrupts. */
static struct rttm_guard *innermost_of(rt_thread_t thread)
{
    struct rttm_guard *guard;
    rt_base_t          level = rt_hw_interrupt_disable();

    for (guard = guards; guard != RT_NULL && guard->thread != thread; guard = guard->outer)
        ;
    rt_hw_interrupt_enable(level);
    return guard;
}

#ifdef RTTM_HAS_CALLBACKS

static struct rttm_guard *innermost(void)
{
    return guards != RT_NULL ? innermost_of(context()) : RT_NULL;
}

/* RT_FALSE: the module is about to end. */
static rt_bool_t enter(struct rttm_guard *guard, struct rt_dlmodule *module, enum rttm_patience patience)
{
    const struct rttm_guard *outer = innermost();
    rt_base_t                level;
    rt_bool_t                entered;

    guard->module = module;
    guard->thread = context();
    guard->may_wait = patience == RTTM_MAY_WAIT && guard->thread != RT_NULL && (outer == RT_NULL || outer->may_wait);
    guard->priority = guard->thread != RT_NULL ? rttm_priority_of(guard->thread) : 0;
    guard->shelter = guard->thread != RT_NULL ? rttm_shelter_of(guard->thread) : RT_NULL;
    guard->panicking = RT_FALSE;
    guard->waiting = RT_FALSE;
    level = rt_hw_interrupt_disable();
    entered = !rttm_is_ending(module);
    if (entered)
    {
        guard->outer = guards;
        guards = guard;
        rttm_special_calls++;
    }
    rt_hw_interrupt_enable(level);
    return entered;
}

static void leave(struct rttm_guard *guard)
{
    struct rttm_guard *volatile *link = &guards;
    rt_base_t                    level = rt_hw_interrupt_disable();

    while (*link != guard)
        link = &(*link)->outer;
    *link = guard->outer;
    rttm_special_calls--;
    rt_hw_interrupt_enable(level);
}

rt_bool_t rttm_call_module(struct rt_dlmodule *module, enum rttm_patience patience, void (*work)(void *argument),
                           void *argument)
{
    struct rttm_guard guard;

    if (rttm_current_module() == module)
    {
        work(argument);
        return RT_TRUE;
    }
    if (!enter(&guard, module, patience))
        return RT_FALSE;
    if (setjmp(guard.caller) != 0)
        return RT_FALSE;
    work(argument);
    leave(&guard);
    return RT_TRUE;
}

#else

static struct rttm_guard *innermost(void)
{
    return RT_NULL;
}

#endif /* RTTM_HAS_CALLBACKS */

struct rt_dlmodule *rttm_current_module(void)
{
    struct rttm_guard *guard = innermost();

    if (guard != RT_NULL)
        return guard->module;
    if (context() == RT_NULL)
        return RT_NULL;
    return rttm_module_of_thread(rt_thread_self());
}

const char *rttm_current_name(void)
{
    const struct rt_dlmodule *module = rttm_current_module();

    return module != RT_NULL ? module->parent.name : "module";
}

const void *rttm_guard_frame(rt_thread_t thread)
{
    return innermost_of(thread);
}

const struct rttm_shelter *rttm_guard_shelter(void)
{
    const struct rttm_guard *guard = innermost();

    return guard != RT_NULL ? guard->shelter : RT_NULL;
}

#ifdef RTTM_HAS_CALLBACKS

rt_bool_t rttm_is_guarded(void)
{
    return innermost() != RT_NULL;
}

rt_bool_t rttm_guard_begin_panic(void)
{
    struct rttm_guard *guard = innermost();

    if (guard->panicking)
        return RT_FALSE;
    guard->panicking = RT_TRUE;
    return RT_TRUE;
}

/* A mutex that the module has left locked may have raised it, and is not unlocked any more. */
static void restore_priority(const struct rttm_guard *guard)
{
    rt_uint8_t priority = guard->priority;

    if (rttm_priority_of(guard->thread) != priority)
        rt_thread_control(guard->thread, RT_THREAD_CTRL_CHANGE_PRIORITY, &priority);
}

void rttm_guard_give_up(void)
{
    struct rttm_guard *guard = innermost();

    rttm_interrupt_leave();
    if (guard->thread != RT_NULL)
    {
        rttm_critical_leave();
        restore_priority(guard);
        rttm_shelter_forget(guard->thread, guard->shelter);
    }
    /* Threads of a scope, which borrow from this stack, may still run. */
    while (guard->may_wait && !rttm_threads_are_stopped(guard->module))
        rt_thread_delay(1);
    leave(guard);
    longjmp(guard->caller, 1);
}

#endif /* RTTM_HAS_CALLBACKS */

int32_t rttm_may_wait(void)
{
    struct rttm_guard *guard = innermost();

    if (rttm_interrupts_are_off() || rt_interrupt_get_nest() != 0 || (guard != RT_NULL && !guard->may_wait))
        return RTTM_ERROR_WOULD_WAIT;
    return RTTM_OK;
}
RTM_EXPORT(rttm_may_wait)

int32_t rttm_wait_begin(void)
{
    struct rttm_guard *guard = innermost();

    if (rttm_interrupts_are_off())
        return RTTM_ERROR_WOULD_WAIT;
    if (guard == RT_NULL)
        return rt_interrupt_get_nest() == 0 ? RTTM_OK : RTTM_ERROR_WOULD_WAIT;
    if (!guard->may_wait)
        return RTTM_ERROR_WOULD_WAIT;
    guard->waiting = RT_TRUE;
    return RTTM_OK;
}

void rttm_wait_end(void)
{
    struct rttm_guard *guard = innermost();

    if (guard == RT_NULL)
        return;
    guard->waiting = RT_FALSE;
    if (rttm_is_ending(guard->module))
        rttm_guard_give_up();
}

int rttm_guard_callers(const struct rt_dlmodule *module)
{
    const struct rttm_guard *guard;
    int                      callers = 0;
    rt_base_t                level = rt_hw_interrupt_disable();

    for (guard = guards; guard != RT_NULL; guard = guard->outer)
        callers += guard->module == module;
    rt_hw_interrupt_enable(level);
    return callers;
}

#ifdef RTTM_HAS_CALLBACKS

/* RT_FALSE when nobody is in a call of a function of `module`. */
static rt_bool_t wake_callers_of(const struct rt_dlmodule *module)
{
    struct rttm_guard *guard;
    rt_bool_t          found = RT_FALSE;
    rt_base_t          level;

    rt_enter_critical(); /* from 5.1 on, to resume a thread may be to switch to it, interrupts on or off */
    level = rt_hw_interrupt_disable();
    for (guard = guards; guard != RT_NULL; guard = guard->outer)
    {
        if (guard->module != module)
            continue;
        found = RT_TRUE;
        if (guard->waiting && rttm_thread_is_suspended(guard->thread))
        {
            guard->thread->error = -RT_EINTR;
            rt_thread_resume(guard->thread);
        }
    }
    rt_hw_interrupt_enable(level);
    rt_exit_critical();
    return found;
}

void rttm_guard_drain(const struct rt_dlmodule *module)
{
    while (wake_callers_of(module))
        rt_thread_delay(1);
}

void rttm_guard_forget(rt_thread_t thread)
{
    struct rttm_guard *volatile *link = &guards;
    rt_base_t                    level = rt_hw_interrupt_disable();

    while (*link != RT_NULL)
    {
        if ((*link)->thread != thread)
        {
            link = &(*link)->outer;
            continue;
        }
        *link = (*link)->outer;
        rttm_special_calls--;
    }
    rt_hw_interrupt_enable(level);
}

#endif /* RTTM_HAS_CALLBACKS */
