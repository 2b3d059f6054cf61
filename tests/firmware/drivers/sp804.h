/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first of the two timers of Arm's SP804, as a periodic interrupt.
 */
#ifndef SP804_H
#define SP804_H

#include <rtthread.h>

struct sp804
{
    rt_uint32_t address;
};

/* Lets the timer at `address` interrupt every `period` cycles of its clock. */
void sp804_start(struct sp804 *timer, rt_uint32_t address, rt_uint32_t period);

/* To be called from the timer's interrupt. */
void sp804_interrupt(struct sp804 *timer);

#endif /* SP804_H */
