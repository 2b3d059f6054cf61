/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reaper is a thread that ends modules and closes handles for callers that may not wait, such as interrupts and timers.
 * A timer starts it, and it runs until there is nothing left to do. The timer's own call also frees the memory of objects
 * that the kernel's timer thread may have used in an earlier call.
 */
#include <rtthread.h>
#include <rthw.h>

#include "../port/compat.h"
#include "end.h"
#include "reaper.h"
#include "resource.h"

#define STACK_BYTES (512 * sizeof(rt_ubase_t))
#define PRIORITY    (RT_THREAD_PRIORITY_MAX / 2)
#define TIME_SLICE  10

/* The time between two tries to make the thread, if there is no memory for it. */
#define RETRY_TICKS (RT_TICK_PER_SECOND / 10)

static struct rt_timer    reaper_timer;
static volatile rt_bool_t is_wanted;  /* the reaper */
static rt_bool_t          is_running; /* the reaper */

static struct rttm_module *take_ending(void)
{
    struct rttm_module *module;

    rt_enter_critical();
    module = rttm_module_take_ending();
    if (module == RT_NULL)
        is_running = RT_FALSE;
    rt_exit_critical();
    return module;
}

static void reap(void *unused)
{
    struct rttm_module *module;

    (void)unused;
    for (;;)
    {
        rttm_resources_close_abandoned();
        module = take_ending();
        if (module == RT_NULL)
            return;
        rttm_end_claimed(module);
    }
}

static void start_timer(rt_tick_t ticks)
{
    rt_base_t level = rt_hw_interrupt_disable(); /* an interrupt may start the timer while a thread does */

    rt_timer_control(&reaper_timer, RT_TIMER_CTRL_SET_TIME, &ticks);
    rt_timer_start(&reaper_timer);
    rt_hw_interrupt_enable(level);
}

static void start_reaper(void)
{
    rt_thread_t thread;

    if (is_running) /* and may have looked already for what this call asks for */
    {
        start_timer(1);
        return;
    }
    thread = rt_thread_create("modend", reap, RT_NULL, STACK_BYTES, PRIORITY, TIME_SLICE);
    if (thread == RT_NULL)
    {
        start_timer(RETRY_TICKS);
        return;
    }
    is_wanted = RT_FALSE;
    is_running = RT_TRUE;
    rt_thread_startup(thread);
}

static void on_time(void *unused)
{
    (void)unused;
    rttm_resources_free_deferred();
    if (is_wanted)
        start_reaper();
}

void rttm_free_async(void)
{
    start_timer(1);
}

void rttm_close_async(void)
{
    is_wanted = RT_TRUE;
    start_timer(1);
}

void rttm_end_async(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause)
{
    if (!rttm_module_claim_end(module, code, cause))
        return;
    rttm_module_end_later(module);
    rttm_close_async();
}

/* At boot: made by a module's thread, the timer would be an object of that module. */
static int make_reaper_timer(void)
{
    rt_timer_init(&reaper_timer, "modend", on_time, RT_NULL, 1, RT_TIMER_FLAG_ONE_SHOT | RT_TIMER_FLAG_SOFT_TIMER);
    return 0;
}
INIT_COMPONENT_EXPORT(make_reaper_timer);
