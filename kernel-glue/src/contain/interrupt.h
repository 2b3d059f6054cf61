/* SPDX-License-Identifier: Apache-2.0 */
/* How code that ends its module leaves its sections without interrupts. */
#ifndef RTTM_INTERRUPT_H
#define RTTM_INTERRUPT_H

#include <rtthread.h>

#include "../port/groups.h"

/*
 * RTTM_FOREVER while every caller may wait: modules run in threads of their own, with interrupts on. During an upcall and
 * in a section without interrupts, it is a number that is no time.
 */
extern volatile rt_uint32_t rttm_forever;

/* An upcall, or a section without interrupts, begins and ends. With interrupts off. */
void rttm_special_call_begin(void);
void rttm_special_call_end(void);

#ifdef RTT_MOD_USING_INTERRUPT

/* Whether a module has switched interrupts off, so that the caller may not wait. */
rt_bool_t rttm_interrupts_are_off(void);

/* Switches interrupts on again after a panic between rttm_interrupt_disable and its restore. */
void rttm_interrupt_leave(void);

#else

rt_inline rt_bool_t rttm_interrupts_are_off(void)
{
    return RT_FALSE;
}

rt_inline void rttm_interrupt_leave(void)
{
}

#endif /* RTT_MOD_USING_INTERRUPT */

#endif /* RTTM_INTERRUPT_H */
