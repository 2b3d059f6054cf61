/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ends modules from outside, and closes what they have closed where nothing may wait. An interrupt can't wait until a
 * module's threads have stopped, and neither should the kernel's timer thread or the shell's: a timer starts a thread,
 * which lives as long as there is something to do.
 */
#include <rtthread.h>
#include <rthw.h>

#include "../port/compat.h"
#include "end.h"
#include "outside.h"
#include "resource.h"

#define STACK_BYTES (512 * sizeof(rt_ubase_t))
#define PRIORITY    (RT_THREAD_PRIORITY_MAX / 2)
#define TIME_SLICE  10

/* From one try to the next, while there is no memory for the thread. */
#define RETRY_TICKS (RT_TICK_PER_SECOND / 10)

static struct rt_timer start_timer;
static rt_bool_t       is_running; /* the thread */

/* In `nref`, which counts who has opened a library: this module waits for its end. */
#define WAITS_FOR_ITS_END 0x8000u

int rttm_opened(const struct rt_dlmodule *module)
{
    return module->nref & ~WAITS_FOR_ITS_END;
}

static struct rt_dlmodule *take_waiting(void)
{
    struct rt_dlmodule *found = RT_NULL;
    rt_list_t          *modules = rttm_modules();
    rt_list_t          *node;

    rt_enter_critical();
    rt_list_for_each(node, modules)
    {
        struct rt_dlmodule *module = (struct rt_dlmodule *)rt_list_entry(node, struct rt_object, list);

        if (module->nref & WAITS_FOR_ITS_END)
            found = module;
    }
    if (found != RT_NULL)
        found->nref = (rt_uint16_t)(found->nref & ~WAITS_FOR_ITS_END);
    else
        is_running = RT_FALSE;
    rt_exit_critical();
    return found;
}

static void work(void *unused)
{
    struct rt_dlmodule *module;

    (void)unused;
    for (;;)
    {
        rttm_resources_close_abandoned();
        module = take_waiting();
        if (module == RT_NULL)
            return;
        rttm_end_claimed(module);
    }
}

static void start_after(rt_tick_t ticks)
{
    rt_base_t level = rt_hw_interrupt_disable(); /* an interrupt may start the timer while a thread does */

    rt_timer_control(&start_timer, RT_TIMER_CTRL_SET_TIME, &ticks);
    rt_timer_start(&start_timer);
    rt_hw_interrupt_enable(level);
}

static void start(void *unused)
{
    rt_thread_t thread;

    (void)unused;
    if (is_running) /* and perhaps past what this call is for */
    {
        start_after(1);
        return;
    }
    thread = rt_thread_create("modend", work, RT_NULL, STACK_BYTES, PRIORITY, TIME_SLICE);
    if (thread == RT_NULL)
    {
        start_after(RETRY_TICKS);
        return;
    }
    is_running = RT_TRUE;
    rt_thread_startup(thread);
}

void rttm_end_from_outside(struct rt_dlmodule *module, rt_int32_t code, enum rttm_cause cause)
{
    if (!rttm_claim_end(module, code, cause))
        return;
    module->nref = (rt_uint16_t)(module->nref | WAITS_FOR_ITS_END);
    start_after(1);
}

void rttm_close_from_outside(void)
{
    start_after(1);
}

/* Not by the first module that needs it: the kernel would take the timer for that module's. */
static int make_start_timer(void)
{
    rt_timer_init(&start_timer, "modend", start, RT_NULL, 1, RT_TIMER_FLAG_ONE_SHOT | RT_TIMER_FLAG_SOFT_TIMER);
    return 0;
}
INIT_COMPONENT_EXPORT(make_start_timer);
