/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A module's end, from any of its threads and on every version of RT-Thread.
 *
 * First all other threads of the module but the main thread are stopped, and the idle thread frees them. Then the module
 * turns to CLOSING and its main thread goes to the idle thread too, which destroys the module with it. The kernel's own
 * `dlmodule_exit` leaves live threads to that last step; 5.x asserts there, because its child threads do not know
 * their module.
 */
#include <rtthread.h>
#include <rtm.h>

#include "compat.h"
#include "critical.h"
#include "end.h"
#include "module.h"
#include "run.h"

/* Waits for another thread to take this one away. */
static void wait_for_the_end(void) __attribute__((noreturn));
static void wait_for_the_end(void)
{
    for (;;)
        rt_thread_delay(RT_TICK_PER_SECOND);
}

/* Of two threads that end a module at once, the second must not go on. */
static void claim_the_end(struct rt_dlmodule *module)
{
    struct rttm_module *record = rttm_module_record(module);
    rt_bool_t           claimed = RT_TRUE;

    if (record == RT_NULL)
        return;
    rt_enter_critical();
    if (record->ending == RT_NULL)
        record->ending = rt_thread_self();
    claimed = record->ending == rt_thread_self();
    rt_exit_critical();
    if (!claimed)
        wait_for_the_end();
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

static void stop(rt_thread_t thread)
{
    if (rttm_thread_is_closed(thread))
        return;
    if (rt_object_is_systemobject(rttm_thread_object(thread)))
        rt_thread_detach(thread);
    else
        rt_thread_delete(thread);
}

/* Returns in a critical section, so that no new thread appears. */
static void stop_other_threads_and_lock(struct rt_dlmodule *module)
{
    rt_thread_t thread;

    rt_enter_critical();
    while ((thread = another_thread(module)) != RT_NULL)
    {
        stop(thread);
        rt_exit_critical();
        rt_thread_delay(1);
        rt_enter_critical();
    }
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

    claim_the_end(module);
    module->ret_code = code;
    rttm_run_set_code(module, code);

    stop_other_threads_and_lock(module);
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

void rttm_exit(int32_t code)
{
    struct rt_dlmodule *module = rttm_module_of_thread(rt_thread_self());

    if (module == RT_NULL || module->main_thread == RT_NULL)
    {
        rt_kprintf("thread '%.*s' ended inside a module that has no thread of its own; it waits for ever\n",
                   RT_NAME_MAX, rttm_thread_object(rt_thread_self())->name);
        wait_for_the_end();
    }
    rttm_end(module, code);
}
RTM_EXPORT(rttm_exit)
