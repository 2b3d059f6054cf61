/* SPDX-License-Identifier: Apache-2.0 */
/* Three threads add to a sum under a mutex. */
#include "k.h"

/* The default is the idle thread's own: each wait would last a time slice of it. */
const unsigned short dlmodule_thread_priority = 20;

static obj_t    lock, done;
static uint32_t sum;

static void work(void *argument)
{
    uint32_t first = (uint32_t)(uintptr_t)argument;
    for (uint32_t i = 0; i < 100; i++)
    {
        rt_mutex_take(lock, FOREVER);
        sum += first + i;
        rt_mutex_release(lock);
    }
    rt_sem_release(done);
}

int main(void)
{
    MARK;
    lock = rt_mutex_create("sum", PRIO);
    done = rt_sem_create("done", 0, PRIO);
    if (!lock || !done)
        return 1;
    for (uintptr_t i = 0; i < 3; i++)
    {
        obj_t thread = rt_thread_create("worker", work, (void *)(i * 100), 1024, 20, 10);
        if (!thread)
            return 1;
        rt_thread_startup(thread);
    }
    for (int i = 0; i < 3; i++)
        rt_sem_take(done, FOREVER);
    rt_kprintf("the sum is %d\n", sum);
    rt_mutex_delete(lock);
    rt_sem_delete(done);
    MARK;
    return 0;
}
