/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A queue of work, and the thread that does it. The stack is a variable, so that the heap is the same before and after the
 * first module. It is guarded as those of modules' threads are, because functions of modules run on it.
 */
#include <rtthread.h>
#include <rthw.h>

#include "../contain/module_thread.h"
#include "../contain/stack_guard.h"
#include "../contain/stack_needs.h"
#include "overdue.h"
#include "worker.h"

#ifndef RTT_MOD_WORKER_STACK_SIZE
#define RTT_MOD_WORKER_STACK_SIZE (512 * sizeof(rt_ubase_t))
#endif
#ifndef RTT_MOD_WORKER_PRIORITY
#define RTT_MOD_WORKER_PRIORITY 4
#endif

#define TIME_SLICE 10

static struct rttm_module_thread    worker;
static struct rt_semaphore          wakeups;
static struct rt_timer              wake_later; /* in the next tick */
__attribute__((
    aligned(16))) static rt_uint8_t stack[RTT_MOD_WORKER_STACK_SIZE + RTTM_STACK_UNOPTIMIZED + RTTM_STACK_GUARD_BYTES];

/* First in, first out. Changed with interrupts off. */
static struct rttm_work   end_of_queue;
static struct rttm_work  *first = &end_of_queue;
static struct rttm_work **last = &first;

/* RT_NULL if the queue is empty. */
static struct rttm_work *take_work(void)
{
    rt_base_t         level = rt_hw_interrupt_disable();
    struct rttm_work *work = first != &end_of_queue ? first : RT_NULL;

    rttm_worker_cancel(first);
    rt_hw_interrupt_enable(level);
    return work;
}

static void work_for_ever(struct rttm_module_thread *unused)
{
    struct rttm_work *work;

    (void)unused;
    for (;;)
    {
        rt_sem_take(&wakeups, RT_WAITING_FOREVER);
        while ((work = take_work()) != RT_NULL)
        {
            work->run(work);
            rttm_overdue_report();
        }
    }
}

static void wake_worker(void *unused)
{
    (void)unused;
    rt_sem_release(&wakeups);
}

static int prepare_wakeups(void)
{
    rt_sem_init(&wakeups, "modwork", 0, RT_IPC_FLAG_FIFO);
    rt_timer_init(&wake_later, "modwork", wake_worker, RT_NULL, 1, RT_TIMER_FLAG_ONE_SHOT);
    return 0;
}
INIT_PREV_EXPORT(prepare_wakeups); /* built-in modules are loaded from then on */

void rttm_worker_start(void)
{
    rt_bool_t is_first;

    rt_enter_critical();
    is_first = worker.run == RT_NULL;
    worker.run = work_for_ever;
    rt_exit_critical();
    if (!is_first)
        return;
    /* The kernel fills the stack, which takes long. What is posted meanwhile waits. */
    rt_thread_init(&worker.kernel, "modwork", rttm_module_thread_entry, &worker, stack, sizeof stack,
                   RTT_MOD_WORKER_PRIORITY, TIME_SLICE);
    rt_thread_startup(&worker.kernel);
}

/*
 * Whether to wake a thread switches to it, with interrupts as before. On a Cortex-M a switch waits until interrupts are on,
 * but the kernel takes the new thread for the one that runs at once, and rt_thread_self would be wrong until then.
 */
static rt_bool_t may_switch(rt_base_t level)
{
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
    return level == 0;
#else
    (void)level;
    return RT_TRUE;
#endif
}

void rttm_worker_post(struct rttm_work *work)
{
    rt_base_t level = rt_hw_interrupt_disable();

    if (work->next == RT_NULL)
    {
        work->next = &end_of_queue;
        *last = work;
        last = &work->next;
    }
    if (!may_switch(level))
        rt_timer_start(&wake_later);
    rt_hw_interrupt_enable(level);
    if (may_switch(level))
        wake_worker(RT_NULL);
}

void rttm_worker_cancel(struct rttm_work *work)
{
    struct rttm_work **link = &first;
    rt_base_t          level = rt_hw_interrupt_disable();

    while (*link != &end_of_queue && *link != work)
        link = &(*link)->next;
    if (*link == work && work != &end_of_queue)
    {
        *link = work->next;
        work->next = RT_NULL;
        if (*link == &end_of_queue)
            last = link;
    }
    rt_hw_interrupt_enable(level);
}

rt_bool_t rttm_in_worker(void)
{
    return rt_interrupt_get_nest() == 0 && rt_thread_self() == &worker.kernel;
}

rt_thread_t rttm_worker_thread(void)
{
    return &worker.kernel;
}
