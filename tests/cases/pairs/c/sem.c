/* SPDX-License-Identifier: Apache-2.0 */
/* Two threads hand two semaphores to each other. */
#include "k.h"

/* The default is the idle thread's own: each wait would last a time slice of it. */
const unsigned short dlmodule_thread_priority = 20;

static obj_t ping, pong, done;

static void other(void *p)
{
    (void)p;
    for (int i = 0; i < 200; i++)
    {
        rt_sem_take(ping, FOREVER);
        rt_sem_release(pong);
    }
    rt_sem_release(done);
}

int main(void)
{
    MARK;
    ping = rt_sem_create("ping", 0, PRIO);
    pong = rt_sem_create("pong", 0, PRIO);
    done = rt_sem_create("done", 0, PRIO);
    obj_t t = rt_thread_create("other", other, NULL, 1024, 20, 10);
    if (!t || !ping || !pong || !done)
        return 1;
    rt_thread_startup(t);
    for (int i = 0; i < 200; i++)
    {
        rt_sem_release(ping);
        rt_sem_take(pong, FOREVER);
    }
    rt_sem_take(done, FOREVER);
    rt_kprintf("200 rounds\n");
    rt_sem_delete(ping);
    rt_sem_delete(pong);
    rt_sem_delete(done);
    MARK;
    return 0;
}
