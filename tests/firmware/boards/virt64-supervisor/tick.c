/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt64-supervisor: the tick. That of the port takes a fixed time, whatever RT_TICK_PER_SECOND is.
 */
#include <rtthread.h>
#include <sbi.h>

#define PERIOD (BOARD_TIMER_CLOCK_HZ / RT_TICK_PER_SECOND)

/* Replaces the port's, which handles the interrupt. */
int __wrap_tick_isr(void);

static rt_uint64_t now(void)
{
    rt_uint64_t time;

    __asm volatile("rdtime %0" : "=r"(time));
    return time;
}

/* What is too late is lost: QEMU's time jumps if its host is busy, and ticks would come all at once. */
int __wrap_tick_isr(void)
{
    static rt_uint64_t next;

    next += PERIOD;
    if (next <= now())
        next = now() + PERIOD;
    sbi_set_timer(next);
    rt_tick_increase();
    return 0;
}
