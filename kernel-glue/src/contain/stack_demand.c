/* SPDX-License-Identifier: Apache-2.0 */
/* Ends modules whose threads have too little stack left for a call into the kernel. */
#include <rtthread.h>

#include "cancel.h"
#include "fault.h"
#include "module_thread.h"
#include "stack_demand.h"

/* With less than that left, the thread can't report it itself: the processor's guard of the stack has to stop it. */
#define REPORT_BYTES ((rt_base_t)(sizeof(struct rttm_fault) + 32 * sizeof(rt_ubase_t)))

/* Uses up the stack that ends at `end`, for the guard to see. Returns where there is none. */
static void use_up(rt_ubase_t end)
{
#ifdef RTTM_USING_STACK_LIMIT
    __asm volatile("mov sp, %0" ::"r"(end - 8));
#else
    if (RTTM_STACK_GUARD_BYTES != 0)
        *(volatile rt_uint8_t *)(end - 1) = RTTM_STACK_FILL;
#endif
}

/* Its frame, with a fault, is not to be that of rttm_stack_demand, which most calls pass. */
__attribute__((noinline)) static void end_for_lack(rt_uint32_t needed_bytes, rt_uint32_t left_bytes)
{
    const struct rttm_fault lack = {.needed_bytes = needed_bytes, .left_bytes = left_bytes};

    rttm_fault_raise(&lack);
}

void rttm_stack_demand(rt_uint32_t need)
{
    rt_uint32_t bytes = need + RTTM_STACK_UNOPTIMIZED_CALL;
    rt_thread_t thread = rt_thread_self();
    rt_ubase_t  end = (rt_ubase_t)thread->stack_addr + rttm_stack_guard_bytes(thread);
    rt_base_t   left = (rt_base_t)((rt_ubase_t)__builtin_frame_address(0) - end);

    if (left + (rt_base_t)RTTM_STACK_OWN_FRAMES >= (rt_base_t)bytes)
        return;
    if (left < REPORT_BYTES && rttm_stack_guard_bytes(thread) != 0 && !rttm_cancel_is_disabled(thread))
        use_up(end);
    end_for_lack(bytes, left > 0 ? (rt_uint32_t)left : 0);
}
