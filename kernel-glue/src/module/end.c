/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a module, by one of its own threads or by the reaper, on every version of RT-Thread.
 *
 * First all other threads of the module are stopped, the main thread among them, and the idle thread frees them. Then the
 * resources of the module are released, when no upcall is in its functions any more. The thread that ends the module
 * becomes its main thread and is deleted last. The idle thread frees it, and destroys the module with it. The kernel's own
 * `dlmodule_exit` leaves live threads to that last step. 5.x asserts there, because its child threads do not know their
 * module.
 */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../contain/critical.h"
#include "../contain/interrupt.h"
#include "../port/compat.h"
#include "end.h"
#include "in_use.h"
#include "reaper.h"
#include "reclaim.h"
#include "resource.h"
#include "run.h"
#include "threads.h"
#include "upcall.h"

/* How long to wait for a thread to enable its cancellation. A driver may keep a thread for ever. */
#define CANCEL_TICKS RT_TICK_PER_SECOND

static rt_bool_t is_another(rt_thread_t thread, void *unused)
{
    (void)unused;
    return thread != rt_thread_self();
}

/* A thread of the module other than the caller, or RT_NULL. */
static rt_thread_t another_thread(const struct rttm_module *module)
{
    return rttm_threads_find(module, is_another, RT_NULL);
}

static rt_bool_t may_be_stopped(rt_thread_t thread, rt_tick_t begin)
{
    return rttm_cancel_request(thread) || rt_tick_get() - begin > CANCEL_TICKS;
}

/*
 * Stops `thread`. RT_TRUE when nothing of it belongs to the module any more. A thread object in the memory of a C module
 * belongs to the module until the idle thread has detached it.
 */
static rt_bool_t stop(rt_thread_t thread)
{
    if (rttm_thread_is_closed(thread))
        return RT_FALSE;
    thread->cleanup = RT_NULL; /* may be a function of the image, which is freed before the thread */
    rttm_upcalls_forget(thread);
    rttm_cancel_forget(thread, RT_NULL);
    rttm_uses_forget(thread);
    rttm_run_forget(thread);
    rttm_forget_mutexes(thread);
    if (rt_object_is_systemobject(rttm_thread_object(thread)))
    {
        rt_thread_detach(thread);
        return RT_FALSE;
    }
    rttm_threads_disown(thread);
    rt_thread_delete(thread);
    return RT_TRUE;
}

/* Lets other threads run for a tick. Called in a critical section, and returns in it. */
static void unlock_for_a_tick(void)
{
    rt_exit_critical();
    rt_thread_delay(1);
    rt_enter_critical();
}

/* Returns in a critical section, so that no new thread appears. */
static void stop_other_threads_and_lock(struct rttm_module *module)
{
    rt_tick_t   begin = rt_tick_get();
    rt_thread_t thread;

    rt_enter_critical();
    while ((thread = another_thread(module)) != RT_NULL)
    {
        if (!may_be_stopped(thread, begin) || !stop(thread))
            unlock_for_a_tick();
    }
}

/* Returns in a critical section, with nothing left of the module but the calling thread. */
static void empty_and_lock(struct rttm_module *module)
{
    stop_other_threads_and_lock(module);
    rttm_module_set_state(module, RTTM_STATE_STOPPED);
    rt_exit_critical();
    rttm_upcalls_drain(module);
    rttm_resources_release(module);
    stop_other_threads_and_lock(module); /* threads that upcalls have started meanwhile */
    rttm_module_set_state(module, RTTM_STATE_EMPTY);
}

/* Stops `thread`, the main thread. Its `cleanup`, which tells the waiters, is not called. */
static void stop_main_thread(rt_thread_t thread)
{
    rt_tick_t begin = rt_tick_get();

    thread->cleanup = RT_NULL;
    rt_enter_critical();
    while (!may_be_stopped(thread, begin))
        unlock_for_a_tick();
    stop(thread);
    rt_exit_critical();
}

/* Makes the calling thread the module's main thread. */
static void become_main_thread(struct rttm_module *module)
{
    rt_thread_t self = rt_thread_self();
    rt_thread_t former = module->main_thread;

    self->cleanup = former->cleanup;
    rttm_run_set_thread(module, self);
    stop_main_thread(former);
    rttm_module_set_main_thread(module, self);
    rttm_threads_leave_with_module(module);
}

/* Frees a built-in program, of which only the calling thread is left. In a critical section, which is left meanwhile. */
static void free_without_kernel(struct rttm_module *module)
{
    rttm_threads_disown(rt_thread_self());
    rt_exit_critical(); /* freeing memory may wait */
    rttm_module_reclaim(module);
    rt_enter_critical();
}

void rttm_end(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause)
{
    rt_thread_t               self = rt_thread_self();
    struct rttm_module_thread own;

    /* A panic may come from a critical section, and from a scope without cancellation. */
    rttm_interrupt_leave();
    rttm_critical_leave();
    rttm_cancel_forget(self, RT_NULL);

    /* A thread object in the memory of the module can't be its main thread, which is freed after that memory. */
    if (self != module->main_thread && rt_object_is_systemobject(rttm_thread_object(self)))
    {
        rttm_end_async(module, code, cause);
        rttm_wait_for_the_end();
    }
    if (!rttm_module_claim_end(module, code, cause))
        rttm_wait_for_the_end();
    rttm_threads_move_self(&own); /* out of the record or the thread's handle, which are freed before the thread */
    if (self != module->main_thread)
        become_main_thread(module);
    rttm_run_set_code(module, code);

    empty_and_lock(module);
    if (module->kernel == RT_NULL)
        free_without_kernel(module);
    rt_thread_delete(self); /* the idle thread destroys the module with it, and calls rttm_module_reclaim */
    rt_exit_critical();
    rt_schedule();
    rttm_wait_for_the_end();
}

/* The main thread is stopped first, and the idle thread frees it alone. The waiters are told when the module is gone. */
void rttm_end_claimed(struct rttm_module *module)
{
    rt_thread_t main_thread = module->main_thread;
    void (*cleanup)(struct rt_thread * thread) = RT_NULL;

    rttm_run_set_code(module, module->exit_code);
    if (main_thread != RT_NULL)
    {
        cleanup = main_thread->cleanup;
        stop_main_thread(main_thread);
    }
    empty_and_lock(module);
    rt_exit_critical();
    rttm_module_reclaim(module);
    if (cleanup != RT_NULL)
        cleanup(main_thread);
}

void rttm_exit_for(rt_int32_t code, enum rttm_exit_cause cause)
{
    struct rttm_module *module = rttm_current_module();

    if (rttm_in_upcall())
    {
        rttm_end_async(module, code, cause);
        rttm_upcall_abort();
    }
    if (module != RT_NULL && rttm_module_init(module) != RT_NULL)
    {
        rttm_end_async(module, code, cause);
        rttm_wait_for_the_end();
    }
    if (module == RT_NULL || module->main_thread == RT_NULL)
    {
        rt_kprintf("thread '%.*s' ended inside a module that has no thread of its own; it waits for ever\n",
                   RT_NAME_MAX, rttm_thread_object(rt_thread_self())->name);
        rttm_wait_for_the_end();
    }
    rttm_end(module, code, cause);
}

void rttm_exit(int32_t code)
{
    rttm_exit_for(code, RTTM_CAUSE_EXIT);
}
RTM_EXPORT(rttm_exit)
