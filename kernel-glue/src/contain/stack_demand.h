/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A look at what is left of the stack before a call into the kernel. An overflow in there could leave a lock of the kernel's
 * behind, so that the module could not be ended. So a thread that has too little left does not go in: its module ends with a
 * stack overflow, and the report says what was needed and what was left.
 */
#ifndef RTTM_STACK_DEMAND_H
#define RTTM_STACK_DEMAND_H

#include <rtthread.h>

#include "stack_guard.h"
#include "stack_needs.h"

/* The frames of the glue's own functions, which the needs contain and which are there already. */
#define RTTM_STACK_OWN_FRAMES (16u * sizeof(rt_ubase_t))

/* What calls take more without optimization. The other half of what a stack has for it is used up by the frames above `main`. */
#define RTTM_STACK_UNOPTIMIZED_CALL (RTTM_STACK_UNOPTIMIZED / 2)

/* Returns only if the calling thread has `bytes` bytes of its stack left, or if no module runs in it. Not in interrupts. */
void rttm_stack_demand(rt_uint32_t bytes);

/* The same for what every call needs. `thread` is the calling one. */
rt_inline void rttm_stack_demand_least(rt_thread_t thread)
{
    rt_ubase_t left = (rt_ubase_t)__builtin_frame_address(0) - (rt_ubase_t)thread->stack_addr;

    if (left < RTTM_STACK_NEED_NEW + RTTM_STACK_UNOPTIMIZED_CALL + RTTM_STACK_GUARD_BYTES)
        rttm_stack_demand(RTTM_STACK_NEED_NEW);
}

#endif /* RTTM_STACK_DEMAND_H */
