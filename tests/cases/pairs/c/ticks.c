/* SPDX-License-Identifier: Apache-2.0 */
/* A timer sets a flag ten times, and the program waits for each. */
#include "k.h"

/* The default is the idle thread's own: each wait would last a time slice of it. */
const unsigned short dlmodule_thread_priority = 20;

static obj_t flags;

static void tick(void *argument)
{
    (void)argument;
    rt_event_send(flags, 1);
}

int main(void)
{
    MARK;
    uint32_t got;
    int      seen = 0;
    flags = rt_event_create("ticks", PRIO);
    obj_t timer = rt_timer_create("tick", tick, NULL, 2, TIMER_PERIODIC | TIMER_SOFT);
    if (!flags || !timer)
        return 1;
    rt_timer_start(timer);
    while (seen < 10 && rt_event_recv(flags, 1, EVENT_OR | EVENT_CLEAR, FOREVER, &got) == 0)
        seen++;
    rt_timer_delete(timer);
    rt_event_delete(flags);
    rt_kprintf("%d ticks\n", seen);
    MARK;
    return 0;
}
