/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A module's end, by one of its threads or from outside, and on every version of RT-Thread.
 *
 * First all other threads of the module but the main thread are stopped, and the idle thread frees them. Then all that
 * the module has of the kernel is given back, while nobody is in its functions any more. Then it turns to CLOSING and
 * its main thread goes to the idle thread too, which destroys the module with it. The kernel's own `dlmodule_exit`
 * leaves live threads to that last step; 5.x asserts there, because its child threads do not know their module.
 */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "compat.h"
#include "critical.h"
#include "end.h"
#include "guard.h"
#include "module.h"
#include "outside.h"
#include "resource.h"
#include "run.h"
#include "shelter.h"

/* How long a thread that is to be stopped may take to leave the kernel. A driver may keep it for ever. */
#define SHELTER_TICKS RT_TICK_PER_SECOND

/* In `priority`, at which nobody looks when the main thread exists: the module ends. */
#define ENDING 0xFFFFu

/* Waits for another thread to take this one away. */
static void wait_for_the_end(void) __attribute__((noreturn));
static void wait_for_the_end(void)
{
    for (;;)
        rt_thread_delay(RT_TICK_PER_SECOND);
}

rt_bool_t rttm_is_ending(const struct rt_dlmodule *module)
{
    return module->priority == ENDING;
}

rt_bool_t rttm_claim_end(struct rt_dlmodule *module, rt_int32_t code)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t claimed = !rttm_is_ending(module);

    if (claimed)
    {
        module->priority = ENDING;
        module->ret_code = code;
    }
    rt_hw_interrupt_enable(level);
    return claimed;
}

/* A thread that the module made, other than the caller's, or RT_NULL. */
static rt_thread_t another_thread(const struct rt_dlmodule *module)
{
    int         position = 0;
    rt_thread_t thread;

    do
        thread = rttm_module_thread(module, position++);
    while (thread != RT_NULL && thread == rt_thread_self());
    return thread;
}

static rt_bool_t may_be_stopped(rt_thread_t thread, rt_tick_t begin)
{
    return !rttm_is_sheltered(thread) || rt_tick_get() - begin > SHELTER_TICKS;
}

static void stop(rt_thread_t thread)
{
    if (rttm_thread_is_closed(thread))
        return;
    rttm_guard_forget(thread);
    if (rt_object_is_systemobject(rttm_thread_object(thread)))
        rt_thread_detach(thread);
    else
        rt_thread_delete(thread);
}

/* Lets others run for a tick. Called and left in a critical section. */
static void unlock_for_a_tick(void)
{
    rt_exit_critical();
    rt_thread_delay(1);
    rt_enter_critical();
}

/* Returns in a critical section, so that no new thread appears. */
static void stop_other_threads_and_lock(struct rt_dlmodule *module)
{
    rt_tick_t   begin = rt_tick_get();
    rt_thread_t thread;

    rt_enter_critical();
    while ((thread = another_thread(module)) != RT_NULL)
    {
        if (may_be_stopped(thread, begin))
            stop(thread);
        unlock_for_a_tick();
    }
}

/* Returns in a critical section, with nothing left of the module but the calling thread and the main thread. */
static void empty_and_lock(struct rt_dlmodule *module)
{
    stop_other_threads_and_lock(module);
    rt_exit_critical();
    rttm_guard_drain(module);
    rttm_resources_release(module);
    stop_other_threads_and_lock(module); /* what others have started in its functions before they left them */
}

/*
 * Takes `thread` out of the module's hands, so that the idle thread frees it as any other. dlmodule_destroy would do it
 * too, but in 5.x it detaches the timer of a live thread twice, and asserts. The idle thread begins with the thread that
 * ended last: this one, whose object may lie in the module, is gone before the module is.
 */
static void disown(rt_thread_t thread)
{
    rt_list_remove(&rttm_thread_object(thread)->list);
    rttm_thread_object(thread)->module_id = RT_NULL;
}

void rttm_end(struct rt_dlmodule *module, rt_int32_t code)
{
    rt_thread_t self = rt_thread_self();

    rttm_critical_leave(); /* a panic may come from inside a critical section */

    if (!rttm_claim_end(module, code))
        wait_for_the_end();
    rttm_run_set_code(module, code);

    empty_and_lock(module);
    module->stat = RT_DLMODULE_STAT_CLOSING;
    rt_thread_delete(module->main_thread);
    if (self != module->main_thread)
    {
        disown(self);
        stop(self);
    }
    rt_exit_critical();
    rt_schedule();
    wait_for_the_end();
}

static void stop_main_thread(rt_thread_t thread)
{
    rt_tick_t begin = rt_tick_get();

    rt_enter_critical();
    while (!may_be_stopped(thread, begin))
        unlock_for_a_tick();
    stop(thread);
    rt_exit_critical();
}

/*
 * The main thread is stopped before the module is CLOSING, so the idle thread frees it alone. Whoever waits for the
 * module hears of it when the module is gone too.
 */
void rttm_end_claimed(struct rt_dlmodule *module)
{
    rt_thread_t main_thread = module->main_thread;
    void (*cleanup)(struct rt_thread *thread) = RT_NULL;

    rttm_run_set_code(module, module->ret_code);
    if (main_thread != RT_NULL)
    {
        cleanup = main_thread->cleanup;
        main_thread->cleanup = RT_NULL;
        stop_main_thread(main_thread);
    }
    empty_and_lock(module);
    module->stat = RT_DLMODULE_STAT_CLOSING;
    rt_exit_critical();
    dlmodule_destroy(module);
    if (cleanup != RT_NULL)
        cleanup(main_thread);
}

void rttm_exit(int32_t code)
{
    struct rt_dlmodule *module = rttm_current_module();

    if (rttm_is_guarded())
    {
        rttm_end_from_outside(module, code);
        rttm_guard_give_up();
    }
    if (module == RT_NULL || module->main_thread == RT_NULL)
    {
        rt_kprintf("thread '%.*s' ended inside a module that has no thread of its own; it waits for ever\n",
                   RT_NAME_MAX, rttm_thread_object(rt_thread_self())->name);
        wait_for_the_end();
    }
    rttm_end(module, code);
}
RTM_EXPORT(rttm_exit)
