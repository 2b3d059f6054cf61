/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A module's end, by one of its threads or from outside, and on every version of RT-Thread.
 *
 * First all other threads of the module are stopped, the main thread among them, and the idle thread frees them. Then all
 * that the module has of the kernel is given back, while nobody is in its functions any more. Then it turns to CLOSING and
 * the thread that ends it, which has become its main thread, goes to the idle thread too, which destroys the module with
 * it. The kernel's own `dlmodule_exit` leaves live threads to that last step; 5.x asserts there, because its child threads
 * do not know their module.
 */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "app.h"
#include "../port/compat.h"
#include "../contain/critical.h"
#include "end.h"
#include "guard.h"
#include "../contain/interrupt.h"
#include "log.h"
#include "module.h"
#include "outside.h"
#include "owner.h"
#include "resource.h"
#include "run.h"
#include "../contain/shelter.h"
#include "visit.h"

/* How long a thread that is to be stopped may take to leave the kernel. A driver may keep it for ever. */
#define SHELTER_TICKS RT_TICK_PER_SECOND

/* In `priority`, at which nobody looks when the main thread exists: the module ends, and then its threads have. */
#define ENDING  0xFFFFu
#define STOPPED 0xFFFEu

void rttm_wait_for_the_end(void)
{
    for (;;)
        rt_thread_delay(RT_TICK_PER_SECOND);
}

rt_bool_t rttm_is_ending(const struct rt_dlmodule *module)
{
    return module->priority >= STOPPED;
}

rt_bool_t rttm_threads_are_stopped(const struct rt_dlmodule *module)
{
    return module->priority == STOPPED;
}

rt_bool_t rttm_claim_end(struct rt_dlmodule *module, rt_int32_t code, enum rttm_cause cause)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t claimed = !rttm_is_ending(module);

    if (claimed)
    {
        module->priority = ENDING;
        module->ret_code = code;
        rttm_log(module->parent.name, cause, code);
    }
    rt_hw_interrupt_enable(level);
    return claimed;
}

/* A thread that the module made, other than the caller, or RT_NULL. */
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
    return rttm_shelter_await(thread) || rt_tick_get() - begin > SHELTER_TICKS;
}

/* Puts `thread` among the kernel's own. */
static void leave_module(rt_thread_t thread)
{
    struct rt_object             *object = rttm_thread_object(thread);
    struct rt_object_information *threads = rt_object_get_information(RT_Object_Class_Thread);
    rt_base_t                     level = rt_hw_interrupt_disable();

    rt_list_remove(&object->list);
    rt_list_insert_after(&threads->object_list, &object->list);
    rt_hw_interrupt_enable(level);
}

void rttm_disown(rt_thread_t thread)
{
    leave_module(thread);
    rttm_set_owner(thread, RT_NULL);
}

/*
 * RT_TRUE when nothing of `thread` is the module's any more. An object that C code has in its own memory stays the
 * module's until the idle thread has let go of it.
 */
static rt_bool_t stop(rt_thread_t thread)
{
    if (rttm_thread_is_closed(thread))
        return RT_FALSE;
    thread->cleanup = RT_NULL; /* the module's own: it would be called when the image is freed */
    rttm_guard_forget(thread);
    rttm_shelter_forget(thread, RT_NULL);
    rttm_visits_forget(thread);
    rttm_run_forget(thread);
    rttm_forget_mutexes(thread);
    if (rt_object_is_systemobject(rttm_thread_object(thread)))
    {
        rt_thread_detach(thread);
        return RT_FALSE;
    }
    rttm_disown(thread);
    rt_thread_delete(thread);
    return RT_TRUE;
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
        if (!may_be_stopped(thread, begin) || !stop(thread))
            unlock_for_a_tick();
    }
}

/* Returns in a critical section, with nothing left of the module but the calling thread. */
static void empty_and_lock(struct rt_dlmodule *module)
{
    stop_other_threads_and_lock(module);
    module->priority = STOPPED;
    rt_exit_critical();
    rttm_guard_drain(module);
    rttm_resources_release(module);
    stop_other_threads_and_lock(module); /* what others have started in its functions before they left them */
}

/* So nothing of the module's runs beside the caller; what others wait for in `cleanup` does not come yet. */
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
static void become_main_thread(struct rt_dlmodule *module)
{
    rt_thread_t self = rt_thread_self();
    rt_thread_t former = module->main_thread;

    self->cleanup = former->cleanup;
    rttm_run_set_thread(module, self);
    stop_main_thread(former);
    module->main_thread = self;
    leave_module(self);
    rttm_set_owner(self, module);
}

void rttm_end(struct rt_dlmodule *module, rt_int32_t code, enum rttm_cause cause)
{
    rt_thread_t self = rt_thread_self();

    /* a panic may come from inside a critical section, and of a shelter */
    rttm_interrupt_leave();
    rttm_critical_leave();
    rttm_shelter_forget(self, RT_NULL);

    /* A thread object in the module's memory can't outlive it, as a main thread does. */
    if (self != module->main_thread && rt_object_is_systemobject(rttm_thread_object(self)))
    {
        rttm_end_from_outside(module, code, cause);
        rttm_wait_for_the_end();
    }
    if (!rttm_claim_end(module, code, cause))
        rttm_wait_for_the_end();
    if (self != module->main_thread)
        become_main_thread(module);
    rttm_run_set_code(module, code);

    empty_and_lock(module);
    module->stat = RT_DLMODULE_STAT_CLOSING;
    rttm_destroy_before_main_thread(module);
    rt_thread_delete(self);
    rt_exit_critical();
    rt_schedule();
    rttm_wait_for_the_end();
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
        stop_main_thread(main_thread);
    }
    empty_and_lock(module);
    module->stat = RT_DLMODULE_STAT_CLOSING;
    rt_exit_critical();
    dlmodule_destroy(module);
    if (cleanup != RT_NULL)
        cleanup(main_thread);
}

void rttm_exit_for(rt_int32_t code, enum rttm_cause cause)
{
    struct rt_dlmodule *module = rttm_current_module();

    if (rttm_is_guarded())
    {
        rttm_end_from_outside(module, code, cause);
        rttm_guard_give_up();
    }
    if (module != RT_NULL && rttm_is_resident(module))
    {
        rttm_end_from_outside(module, code, cause);
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
