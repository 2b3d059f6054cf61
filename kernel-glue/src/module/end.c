/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a module, by the worker. Whoever asks for it goes on, or waits to be stopped if it is a thread of the module.
 *
 * First all threads of the module are stopped: those that are in a call of the kernel's when they have come out of it, so
 * that they leave no lock behind. Upcalls are let out likewise. Then the resources of the module are released, then the
 * stacks, and at last the image is freed. What does not come out in time is quarantined with all that it may use.
 */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../port/compat.h"
#include "constructors.h"
#include "end.h"
#include "reclaim.h"
#include "threads.h"
#include "upcall.h"
#include "waiter.h"

/* How long threads and upcalls may take to come out of the kernel, before and after their waits there are interrupted. */
#define PATIENT_TICKS RT_TICK_PER_SECOND
#define LAST_TICKS    (2 * RT_TICK_PER_SECOND)

/* ---- stopping ---------------------------------------------------------------------------------------------------- */

static rt_bool_t may_be_stopped(rt_thread_t thread, void *module)
{
    return !rttm_thread_is_closed(thread) && rttm_may_be_stopped(module, thread);
}

static rt_bool_t runs_on(rt_thread_t thread, void *unused)
{
    (void)unused;
    return !rttm_thread_is_closed(thread);
}

static rt_bool_t interrupt_wait(rt_thread_t thread, void *unused)
{
    (void)unused;
    if (!rttm_thread_is_closed(thread))
        rttm_interrupt_wait(thread);
    return RT_FALSE;
}

/* The thread of `module` for which `look` returns RT_TRUE, or RT_NULL. */
static rt_thread_t find_thread(const struct rttm_module *module, rt_bool_t (*look)(rt_thread_t thread, void *unused))
{
    rt_thread_t thread;

    rt_enter_critical();
    thread = rttm_threads_find(module, look, RT_NULL);
    rt_exit_critical();
    return thread;
}

/* RT_FALSE when none of the threads of `module` that still run can be stopped. */
static rt_bool_t stop_a_thread(struct rttm_module *module)
{
    rt_thread_t thread;

    rt_enter_critical();
    thread = rttm_threads_find(module, may_be_stopped, module);
    if (thread != RT_NULL)
        rttm_threads_stop(thread);
    rt_exit_critical();
    return thread != RT_NULL;
}

/* One is enough at once: those behind it are next. */
static void let_out_a_thread(const struct rttm_module *module)
{
    rt_thread_t thread;

    rt_enter_critical();
    thread = rttm_threads_find(module, runs_on, RT_NULL);
    if (thread != RT_NULL)
        rttm_let_out(module, thread);
    rt_exit_critical();
}

/* RT_FALSE while threads or upcalls of `module` are still in the kernel. */
static rt_bool_t is_at_rest(struct rttm_module *module)
{
    while (stop_a_thread(module))
        ;
    let_out_a_thread(module);
    return !rttm_upcalls_wake(module) && find_thread(module, runs_on) == RT_NULL;
}

/* ---- the worker's part ------------------------------------------------------------------------------------------- */

static void quarantine_running(struct rttm_module *module)
{
    rt_thread_t thread = find_thread(module, runs_on);

    rt_kprintf("%.*s: quarantined: ", RT_NAME_MAX, module->name);
    if (thread != RT_NULL)
        rt_kprintf("thread '%.*s' does not come out of the kernel", RT_NAME_MAX, rttm_thread_object(thread)->name);
    else
        rt_kprintf("a call of one of its functions does not return");
    rt_kprintf("; see `mod unload`\n");
    rttm_module_set_state(module, RTTM_STATE_QUARANTINED);
    rttm_waiters_tell_end(module);
}

static void end_or_wait(struct rttm_work *work)
{
    struct rttm_module *module = rt_list_entry(work, struct rttm_module, end);
    rt_tick_t           waited = rt_tick_get() - module->ends_since;

    if (is_at_rest(module))
    {
        rttm_module_set_state(module, RTTM_STATE_STOPPED);
        rttm_module_reclaim(module);
    }
    else if (waited < LAST_TICKS)
    {
        if (waited > PATIENT_TICKS)
            find_thread(module, interrupt_wait);
        rt_thread_delay(1);
        rttm_worker_post(work);
    }
    else
    {
        quarantine_running(module);
    }
}

static void post_end(struct rttm_module *module)
{
    module->end.run = end_or_wait;
    rttm_worker_post(&module->end);
}

void rttm_end(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause)
{
    if (rttm_module_claim_end(module, code, cause))
        post_end(module);
}

void rttm_discard(struct rttm_module *module)
{
    rttm_module_set_state(module, RTTM_STATE_ENDING);
    post_end(module);
}

/* ---- in the module ----------------------------------------------------------------------------------------------- */

void rttm_contained_come_out(void)
{
    const struct rttm_module *module = rttm_current_module();

    if (module == RT_NULL || !rttm_is_over(module) || rttm_cancel_scope_of(rt_thread_self()) != rttm_upcall_scope())
        return;
    if (rttm_in_upcall())
        rttm_upcall_abort();
    rttm_await_stop();
}

void rttm_exit_for(rt_int32_t code, enum rttm_exit_cause cause)
{
    struct rttm_module *module = rttm_current_module();

    if (module == RT_NULL || module->state == RTTM_STATE_LIBRARY)
        rt_kprintf("thread '%.*s' ended inside a module that has no thread of its own; it waits for ever\n",
                   RT_NAME_MAX, rttm_thread_object(rt_thread_self())->name);
    else
        rttm_end(module, code, cause);
    if (rttm_in_upcall())
        rttm_upcall_abort();
    rttm_await_stop();
}

void rttm_exit(int32_t code)
{
    rttm_destruct_at_exit();
    rttm_exit_for(code, RTTM_CAUSE_EXIT);
}
RTM_EXPORT(rttm_exit)
