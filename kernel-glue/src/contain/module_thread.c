/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entry of the threads that the glue makes for modules.
 *
 * Armv8-M compares the stack pointer with a limit in each instruction that lowers it, and raises a fault below it.
 * RT-Thread's port of Cortex-M33 keeps the limit with a thread's registers, and has 0 there: these threads set their own.
 * Below the limit, the port has room for those registers: it saves them through another pointer.
 */
#include <rtthread.h>

#include "module_thread.h"
#include "stack_guard.h"

void rttm_module_thread_set_limit(void)
{
#ifdef RTTM_USING_STACK_LIMIT
    rt_ubase_t limit = RT_ALIGN((rt_ubase_t)rt_thread_self()->stack_addr + RTTM_STACK_GUARD_BYTES, 8u);

    __asm volatile("msr psplim, %0" ::"r"(limit));
#endif
}

void rttm_module_thread_entry(void *parameter)
{
    struct rttm_module_thread *thread = parameter;

    rttm_module_thread_set_limit();
    thread->run(thread);
}

void rttm_wait_for_the_end(void)
{
    for (;;)
        rt_thread_delay(RT_TICK_PER_SECOND);
}
