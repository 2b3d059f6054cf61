/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "clint.h"

#define TIME_LIMIT 0x4000u /* the interrupt is there as long as the time is not below it */
#define TIME       0xBFF8u

static volatile rt_uint64_t *register_at(const struct clint *timer, rt_ubase_t offset)
{
    return (volatile rt_uint64_t *)(timer->address + offset);
}

void clint_start(struct clint *timer, rt_ubase_t address, rt_uint64_t period)
{
    timer->address = address;
    timer->period = period;
    *register_at(timer, TIME_LIMIT) = *register_at(timer, TIME) + period;
}

/* What is too late is lost, as with a SysTick: QEMU's time jumps if its host is busy, and ticks would come all at once. */
void clint_interrupt(struct clint *timer)
{
    rt_uint64_t next = *register_at(timer, TIME_LIMIT) + timer->period, now = *register_at(timer, TIME);

    *register_at(timer, TIME_LIMIT) = next > now ? next : now + timer->period;
}
