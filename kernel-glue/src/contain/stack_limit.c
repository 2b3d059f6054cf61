/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Armv8-M compares the stack pointer with a limit in each instruction that lowers it, and makes a fault of it. RT-Thread's
 * port of Cortex-M33 keeps the limit with a thread's registers, and has 0 there: a thread of a module's sets its own. One
 * that a C module makes with rt_thread_create has none. Below the limit, the port has room for those registers: it saves
 * them by another pointer.
 */
#include "stack_guard.h"

#ifdef RTTM_USING_STACK_LIMIT

void rttm_stack_limit(void)
{
    rt_ubase_t limit = RT_ALIGN((rt_ubase_t)rt_thread_self()->stack_addr + RTTM_STACK_GUARD_BYTES, 8);

    __asm volatile("msr psplim, %0" ::"r"(limit));
}

#endif
