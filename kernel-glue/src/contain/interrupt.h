/* SPDX-License-Identifier: Apache-2.0 */
/* How code that ends its module leaves its sections without interrupts. */
#ifndef RTTM_INTERRUPT_H
#define RTTM_INTERRUPT_H

#include <rtthread.h>

#include "../port/groups.h"
#include "rtt_mod.h"

/*
 * RTTM_FOREVER while every caller may wait: modules run in threads of their own, with interrupts on. During an upcall and
 * in a section without interrupts, it is a number that is no time.
 */
extern volatile rt_uint32_t rttm_forever;

/* Whether no upcall and no section without interrupts is anywhere. */
rt_inline rt_bool_t rttm_no_special_call(void)
{
    return rttm_forever == RTTM_FOREVER;
}

/* An upcall, or a section without interrupts, begins and ends. With interrupts off. */
void rttm_special_call_begin(void);
void rttm_special_call_end(void);

#ifdef RTT_MOD_USING_INTERRUPT

/* The sections without interrupts that modules are in, one in another. In such a section nothing may wait. */
rt_uint32_t rttm_interrupt_sections(void);

/* After a panic, leaves all of them but `outer`: between rttm_interrupt_disable and its restore. */
void rttm_interrupt_leave(rt_uint32_t outer);

#else

rt_inline rt_uint32_t rttm_interrupt_sections(void)
{
    return 0;
}

rt_inline void rttm_interrupt_leave(rt_uint32_t outer)
{
    (void)outer;
}

#endif /* RTT_MOD_USING_INTERRUPT */

#endif /* RTTM_INTERRUPT_H */
