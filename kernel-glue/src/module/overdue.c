/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks at upcalls, in an interrupt of the tick. In a thread of the module's, one that takes too long ends with the thread. In
 * the worker it is aborted in two steps. The first look
 * suspends the worker. At the next, other threads have run, so that its registers are saved: they are replaced by those of a
 * function that aborts the upcall. That is done only where the worker would go on in code of the module. A call of the kernel's
 * comes out by its return address, as at the end of a module.
 */
#include <rtthread.h>
#include <rthw.h>

#include "overdue.h"

#ifdef RTT_MOD_USING_TIME_LIMIT

#include "../contain/fault.h"
#include "../contain/module_thread.h"
#include "../port/compat.h"
#include "end.h"
#include "threads.h"
#include "upcall.h"
#include "worker.h"

#ifndef RTT_MOD_TIME_LIMIT_SECONDS
#define RTT_MOD_TIME_LIMIT_SECONDS 2
#endif

#define LIMIT_TICKS ((rt_tick_t)RTT_MOD_TIME_LIMIT_SECONDS * RT_TICK_PER_SECOND)
#define LOOK_TICKS  (RT_TICK_PER_SECOND / 10 + 1)

/* Periodic, while there are upcalls that have to return soon. */
static struct rt_timer looks;
static rt_bool_t       is_looking;

static rt_bool_t is_held; /* the worker: by the last look */
static char      late_name[RT_NAME_MAX];

/* The worker goes on here, below the frame that makes the upcall. */
static void overdue_abort_upcall(void *unused)
{
    (void)unused;
    rttm_module_thread_set_limit();
    rttm_upcall_abort();
}

static void overdue_hold(rt_thread_t worker)
{
    if (rt_critical_level() != 0 || rttm_suspend(worker) != RT_EOK)
        return;
    is_held = RT_TRUE;
    rt_schedule();
}

/* What `worker`, which is held, goes on with. */
static void overdue_divert(const struct rttm_module *module, rt_thread_t worker)
{
    rt_ubase_t stack_end = rttm_fault_stack_end(worker);

    if (stack_end != 0 && rttm_goes_on_in_code_of(module, worker))
        worker->sp = rt_hw_stack_init((void *)overdue_abort_upcall, RT_NULL,
                                      (rt_uint8_t *)(stack_end - sizeof(rt_ubase_t)), (void *)rttm_wait_for_the_end);
    else
        rttm_let_out(module, worker);
}

static void overdue_release(rt_thread_t worker)
{
    is_held = RT_FALSE;
    rt_thread_resume(worker);
    rt_schedule();
}

static void overdue_note_name(const struct rttm_module *module)
{
    rt_memcpy(late_name, module->name, RT_NAME_MAX);
}

/* A thread of the module's is stopped at its end, by the worker, which has the same priority. */
static void overdue_end_module(struct rttm_module *module)
{
    if (rttm_is_over(module))
        return;
    overdue_note_name(module);
    rttm_end(module, RTTM_EXIT_KILLED, RTTM_CAUSE_KILL);
}

static void overdue_come_out(struct rttm_module *module, rt_thread_t worker)
{
    if (is_held)
    {
        overdue_divert(module, worker);
        overdue_release(worker);
    }
    else if (rt_thread_self() == worker)
    {
        overdue_note_name(module);
        overdue_hold(worker);
    }
    else
    {
        rttm_let_out(module, worker);
        rttm_interrupt_wait(worker);
    }
}

static void overdue_look(void *unused)
{
    struct rttm_late late = {RT_NULL, RT_NULL};

    (void)unused;
    if (!rttm_upcalls_look(LIMIT_TICKS, &late))
    {
        is_looking = RT_FALSE;
        rt_timer_stop(&looks);
    }
    if (late.module == RT_NULL)
        return;
    overdue_end_module(late.module);
    if (late.thread == rttm_worker_thread())
        overdue_come_out(late.module, late.thread);
}

void rttm_overdue_watch(void)
{
    if (is_looking)
        return;
    is_looking = RT_TRUE;
    rt_timer_start(&looks);
}

void rttm_overdue_report(void)
{
    if (late_name[0] == '\0')
        return;
    rt_kprintf("%.*s: a timer's callback or a cleanup has not returned for %d seconds; it ends\n", RT_NAME_MAX,
               late_name, RTT_MOD_TIME_LIMIT_SECONDS);
    late_name[0] = '\0';
}

static int prepare_looks(void)
{
    rt_timer_init(&looks, "modlook", overdue_look, RT_NULL, LOOK_TICKS,
                  RT_TIMER_FLAG_PERIODIC | RT_TIMER_FLAG_HARD_TIMER);
    return 0;
}
INIT_PREV_EXPORT(prepare_looks); /* built-in modules are loaded from then on */

#endif /* RTT_MOD_USING_TIME_LIMIT */
