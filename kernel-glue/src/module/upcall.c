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
#include "../contain/stack_demand.h"
#include "../port/compat.h"
#include "overdue.h"
#include "record.h"
#include "resource.h"
#include "upcall.h"
#include "wait.h"
#include "worker.h"

/* One call of a module's function; on the caller's stack. */
struct rttm_upcall
{
    struct rttm_upcall *volatile outer;
    struct rttm_module   *module;
    struct rttm_resource *resource; /* is in use; or RT_NULL */
    rt_thread_t           thread;   /* RT_NULL in an interrupt */
    rt_tick_t             since;
    rt_bool_t             has_limit; /* it has to return soon */
    rt_uint8_t            nest;      /* of interrupts; 0 in a thread */
    rt_bool_t             panicking;
    rt_bool_t             may_wait;
    rt_bool_t             waiting; /* in a call of the module ABI that waits */
    /* What the caller had, to be restored if the call is aborted. */
    struct rttm_cancel_scope *scope;
    rt_base_t                 level; /* of interrupts */
    rt_uint32_t               sections_without_interrupts;
    rt_uint16_t               critical_level;
    rt_uint8_t                priority;
    jmp_buf                   caller;
};

/* The upcalls of all threads and interrupts, the newest first. Changed with interrupts off. */
static struct rttm_upcall *volatile upcalls;

/* The thread whose code runs here; RT_NULL in an interrupt. */
static rt_thread_t context(void)
{
    return rt_interrupt_get_nest() == 0 ? rt_thread_self() : RT_NULL;
}

/* RT_NULL for interrupts, which are nested `nest` deep. */
static struct rttm_upcall *innermost_of(rt_thread_t thread, rt_uint8_t nest)
{
    struct rttm_upcall *upcall;
    rt_base_t           level = rt_hw_interrupt_disable();

    for (upcall = upcalls; upcall != RT_NULL && (upcall->thread != thread || upcall->nest != nest);
         upcall = upcall->outer)
        ;
    rt_hw_interrupt_enable(level);
    return upcall;
}

static struct rttm_upcall *innermost(void)
{
    return upcalls != RT_NULL ? innermost_of(context(), (rt_uint8_t)rt_interrupt_get_nest()) : RT_NULL;
}

static void note_caller(struct rttm_upcall *upcall)
{
    upcall->nest = (rt_uint8_t)rt_interrupt_get_nest();
    upcall->thread = context();
    upcall->since = rt_tick_get();
    upcall->sections_without_interrupts = rttm_interrupt_sections();
    if (upcall->thread == RT_NULL)
        return;
    upcall->critical_level = rt_critical_level();
    upcall->priority = rttm_priority_of(upcall->thread);
    upcall->scope = rttm_cancel_scope_of(upcall->thread);
}

/* Whether a call of `module` may begin. An empty one only cleans up. */
static rt_bool_t may_begin(const struct rttm_module *module, struct rttm_resource *resource)
{
    return (!rttm_is_over(module) || module->state == RTTM_STATE_EMPTY) && (resource == RT_NULL || rttm_pin(resource));
}

static rt_bool_t enter(struct rttm_upcall *upcall)
{
    rt_bool_t entered;

    note_caller(upcall);
    upcall->level = rt_hw_interrupt_disable();
    entered = may_begin(upcall->module, upcall->resource);
    if (entered)
    {
        upcall->outer = upcalls;
        upcalls = upcall;
        rttm_special_call_begin();
    }
    rt_hw_interrupt_enable(upcall->level);
    return entered;
}

/* Takes out the upcall at `link`. With interrupts off, as they are at `level` afterwards. */
static void take_out(struct rttm_upcall *volatile *link, rt_base_t level)
{
    struct rttm_resource *resource = (*link)->resource;

    *link = (*link)->outer;
    rttm_special_call_end();
    rt_hw_interrupt_enable(level);
    if (resource != RT_NULL)
        rttm_unpin(resource);
}

static void leave(struct rttm_upcall *upcall)
{
    struct rttm_upcall *volatile *link = &upcalls;
    rt_base_t                     level = rt_hw_interrupt_disable();

    while (*link != upcall)
        link = &(*link)->outer;
    take_out(link, level);
}

/* Nothing of a lower priority runs meanwhile: it has to return soon. */
static rt_bool_t has_limit(const struct rttm_upcall *upcall, enum rttm_patience patience)
{
    return upcall->thread != RT_NULL && (patience == RTTM_NEVER_WAITS || rttm_in_worker());
}

rt_bool_t rttm_upcall(struct rttm_module *module, struct rttm_resource *resource, enum rttm_patience patience,
                      void (*work)(void *argument), void *argument)
{
    const struct rttm_upcall *outer = innermost();
    struct rttm_upcall        upcall = {.module = module, .resource = resource};

    if (module == RT_NULL) /* code of the firmware, which uses the ABI */
    {
        work(argument);
        return RT_TRUE;
    }
    if (!enter(&upcall))
        return RT_FALSE;
    if (has_limit(&upcall, patience))
    {
        upcall.has_limit = RT_TRUE;
        rttm_overdue_watch();
    }
    upcall.may_wait = upcall.thread != RT_NULL && upcall.critical_level == 0 &&
                      (patience == RTTM_MAY_WAIT ||
                       (patience == RTTM_MAY_NOT_WAIT && rttm_module_of_thread(upcall.thread) == module)) &&
                      (outer == RT_NULL || outer->may_wait);
    if (setjmp(upcall.caller) != 0)
        return RT_FALSE;
    work(argument);
    leave(&upcall);
    return RT_TRUE;
}

struct rttm_module *rttm_module_in(rt_thread_t thread)
{
    const struct rttm_upcall *upcall = innermost_of(thread, 0);

    return upcall != RT_NULL ? upcall->module : rttm_module_of_thread(thread);
}

struct rttm_module *rttm_current_module(void)
{
    const struct rttm_upcall *upcall;

    if (context() != RT_NULL)
        return rttm_module_in(rt_thread_self());
    upcall = innermost();
    return upcall != RT_NULL ? upcall->module : RT_NULL;
}

const char *rttm_current_name(void)
{
    const struct rttm_module *module = rttm_current_module();

    return module != RT_NULL ? module->name : "module";
}

rt_bool_t rttm_upcalls_look(rt_tick_t ticks, struct rttm_late *late)
{
    const struct rttm_upcall *upcall;
    rt_bool_t                 found = RT_FALSE;

    for (upcall = upcalls; upcall != RT_NULL; upcall = upcall->outer)
    {
        if (!upcall->has_limit)
            continue;
        found = RT_TRUE;
        if (late->module == RT_NULL && rt_tick_get() - upcall->since >= ticks)
        {
            late->module = upcall->module;
            late->thread = upcall->thread;
        }
    }
    return found;
}

const void *rttm_upcall_frame(rt_thread_t thread)
{
    return innermost_of(thread, 0);
}

const struct rttm_cancel_scope *rttm_upcall_scope(void)
{
    const struct rttm_upcall *upcall = innermost();

    return upcall != RT_NULL ? upcall->scope : RT_NULL;
}

rt_bool_t rttm_contained_is_ending(rt_thread_t thread)
{
    const struct rttm_module *module = rttm_module_in(thread);

    return module == RT_NULL || rttm_is_over(module);
}

rt_bool_t rttm_in_upcall(void)
{
    return innermost() != RT_NULL;
}

/* The innermost upcall, for callers that run inside of one. */
static struct rttm_upcall *surrounding_upcall(void)
{
    struct rttm_upcall *upcall = innermost();

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

/* ---- abort ------------------------------------------------------------------------------------------------------- */

/* A mutex that the module has left locked may have raised it. */
static void restore_priority(const struct rttm_upcall *upcall)
{
    rt_uint8_t priority = upcall->priority;

    if (rttm_priority_of(upcall->thread) != priority)
        rt_thread_control(upcall->thread, RT_THREAD_CTRL_CHANGE_PRIORITY, &priority);
}

/* Makes what the caller had as it was at the call. */
static void restore(const struct rttm_upcall *upcall)
{
    rttm_interrupt_leave(upcall->sections_without_interrupts);
    rt_hw_interrupt_enable(upcall->level);
    if (upcall->thread == RT_NULL)
        return;
    rttm_critical_leave(upcall->critical_level);
    restore_priority(upcall);
    rttm_cancel_forget(upcall->thread, upcall->scope);
}

/*
 * Whether threads still run that may borrow from the stack of `upcall`: those of a scope that was opened in it. They are
 * younger than a caller that is itself a thread of the module.
 */
static rt_bool_t is_borrowed_from(const struct rttm_upcall *upcall)
{
    const struct rttm_module_thread *own = rttm_module_thread_of(upcall->thread);
    const rt_list_t                 *threads = &upcall->module->threads;
    const rt_list_t                 *node;
    rt_bool_t                        is_borrowed = RT_FALSE;

    rt_enter_critical();
    node = own != RT_NULL && own->module == upcall->module ? &own->node : threads;
    for (node = node->next; node != threads && !is_borrowed; node = node->next)
        is_borrowed = !rttm_thread_is_closed(&rt_list_entry(node, struct rttm_module_thread, node)->kernel);
    rt_exit_critical();
    return is_borrowed;
}

void rttm_upcall_abort(void)
{
    struct rttm_upcall *upcall = surrounding_upcall();

    restore(upcall);
    while (upcall->may_wait && is_borrowed_from(upcall))
        rt_thread_delay(1);
    if (upcall->thread != RT_NULL)
        rttm_cancel_request(upcall->thread); /* it may come back to code of a module that ends */
    leave(upcall);
    longjmp(upcall->caller, 1);
}

/* ---- waits ------------------------------------------------------------------------------------------------------- */

int32_t rttm_may_wait(void)
{
    struct rttm_upcall *upcall;

    if (rttm_no_special_call())
        return rt_interrupt_get_nest() == 0 ? RTTM_OK : RTTM_ERROR_WOULD_WAIT;
    upcall = innermost();
    if (rttm_interrupt_sections() != 0 || rt_interrupt_get_nest() != 0 || (upcall != RT_NULL && !upcall->may_wait))
        return RTTM_ERROR_WOULD_WAIT;
    return RTTM_OK;
}
RTM_EXPORT(rttm_may_wait)

/*
 * The lock of the kernel's heap may be another thread's, and can't be waited for in an interrupt. Where the scheduler is
 * locked or interrupts are off, the kernel would go on as if the lock were the caller's.
 */
rt_bool_t rttm_may_allocate(void)
{
    return rt_interrupt_get_nest() == 0 && rttm_interrupt_sections() == 0 && rt_critical_level() == 0;
}

int32_t rttm_wait_begin(void)
{
    struct rttm_upcall *upcall = innermost();

    if (rttm_interrupt_sections() != 0)
        return RTTM_ERROR_WOULD_WAIT;
    if (rt_interrupt_get_nest() != 0 || (upcall != RT_NULL && !upcall->may_wait))
        return RTTM_ERROR_WOULD_WAIT;
    rttm_stack_demand(RTTM_STACK_NEED_WAIT);
    if (upcall != RT_NULL)
        upcall->waiting = RT_TRUE;
    return RTTM_OK;
}

void rttm_wait_end(void)
{
    struct rttm_upcall *upcall = innermost();

    if (upcall == RT_NULL)
        return;
    upcall->waiting = RT_FALSE;
    if (rttm_is_over(upcall->module))
        rttm_upcall_abort();
}

rt_bool_t rttm_in_upcall_of(const struct rttm_resource *resource)
{
    const struct rttm_upcall *upcall;
    rt_thread_t               self = context();
    rt_base_t                 level = rt_hw_interrupt_disable();

    for (upcall = upcalls; upcall != RT_NULL && (upcall->thread != self || upcall->resource != resource);
         upcall = upcall->outer)
        ;
    rt_hw_interrupt_enable(level);
    return upcall != RT_NULL;
}

/* ---- all upcalls of a module, or of a thread --------------------------------------------------------------------- */

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

rt_bool_t rttm_upcalls_wake(const struct rttm_module *module)
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
        if (upcall->waiting)
            rttm_interrupt_wait(upcall->thread);
    }
    rt_hw_interrupt_enable(level);
    rt_exit_critical();
    return found;
}

void rttm_upcalls_forget(rt_thread_t thread)
{
    struct rttm_upcall *upcall;

    while ((upcall = innermost_of(thread, 0)) != RT_NULL)
        leave(upcall);
}
