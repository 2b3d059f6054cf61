/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The timer of RISC-V's core-local interruptor, as a periodic interrupt of its first core.
 */
#ifndef CLINT_H
#define CLINT_H

#include <rtthread.h>

struct clint
{
    rt_ubase_t  address;
    rt_uint64_t period;
};

/* Lets the timer of the interruptor at `address` interrupt every `period` cycles of its clock. */
void clint_start(struct clint *timer, rt_ubase_t address, rt_uint64_t period);

/* To be called from the timer's interrupt. */
void clint_interrupt(struct clint *timer);

#endif /* CLINT_H */
