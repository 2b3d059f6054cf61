/* SPDX-License-Identifier: Apache-2.0 */
/* Two threads pass a value through two queues. */
#include "k.h"

/* The default is the idle thread's own: each wait would last a time slice of it. */
const unsigned short dlmodule_thread_priority = 20;

struct reading
{
    uint8_t  channel;
    uint16_t millivolts;
};

static obj_t to, back, done;

static void other(void *p)
{
    (void)p;
    struct reading r;
    for (int i = 0; i < 200; i++)
    {
        rt_mq_recv(to, &r, sizeof r, FOREVER);
        r.millivolts++;
        rt_mq_send_wait(back, &r, sizeof r, FOREVER);
    }
    rt_sem_release(done);
}

int main(void)
{
    MARK;
    to = rt_mq_create("to", sizeof(struct reading), 2, PRIO);
    back = rt_mq_create("back", sizeof(struct reading), 2, PRIO);
    done = rt_sem_create("done", 0, PRIO);
    obj_t t = rt_thread_create("other", other, NULL, 1024, 20, 10);
    if (!t || !to || !back || !done)
        return 1;
    rt_thread_startup(t);
    struct reading r = {3, 0};
    for (int i = 0; i < 200; i++)
    {
        rt_mq_send_wait(to, &r, sizeof r, FOREVER);
        rt_mq_recv(back, &r, sizeof r, FOREVER);
    }
    rt_sem_take(done, FOREVER);
    rt_kprintf("channel %d: %d mV\n", r.channel, r.millivolts);
    rt_mq_delete(to);
    rt_mq_delete(back);
    rt_sem_delete(done);
    MARK;
    return 0;
}
