/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Guards for the stacks of modules' threads: an overflow ends the module, not the kernel.
 *
 * Armv8-M has a limit for the stack pointer (module_thread.c). Armv7-M has a memory protection unit, with a region at the
 * end of the stack (stack_guard.c); a frame that skips the region is found when the thread is switched away from
 * (stack_check.c). Cortex-A only has that check: a page of the MMU for each stack would take up to 8 KB of RAM, and a table
 * for each megabyte.
 */
#ifndef RTTM_STACK_GUARD_H
#define RTTM_STACK_GUARD_H

#include <rtthread.h>

#if defined(RTT_MOD_USING_STACK_GUARD) && defined(__ARM_ARCH_PROFILE) && defined(__arm__)
#if __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH == 7
#define RTTM_USING_STACK_GUARD
#define RTTM_USING_STACK_CHECK
#elif __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH == 8 && __ARM_ARCH_ISA_THUMB == 2
#define RTTM_USING_STACK_LIMIT
#elif __ARM_ARCH_PROFILE == 'A'
#define RTTM_USING_STACK_CHECK
#endif
#endif

/*
 * The bytes at the end of a stack that may be written before an overflow is found, for example when registers are saved
 * there, which are more with floating point. With a memory protection unit it is the size of the region, a power of two.
 */
#ifndef RTT_MOD_STACK_GUARD_BYTES
#if __ARM_ARCH_PROFILE == 'A'
#define RTT_MOD_STACK_GUARD_BYTES 512
#else
#define RTT_MOD_STACK_GUARD_BYTES 128
#endif
#endif

/* The bytes that are added to the stack that a thread asks for. A region is aligned to its size. */
#define RTTM_STACK_REGION_BYTES ((rt_uint32_t)RTT_MOD_STACK_GUARD_BYTES)
#if defined(RTTM_USING_STACK_GUARD)
#define RTTM_STACK_GUARD_BYTES (2 * RTTM_STACK_REGION_BYTES)
#elif defined(RTTM_USING_STACK_CHECK)
#define RTTM_STACK_GUARD_BYTES RTTM_STACK_REGION_BYTES
#elif defined(RTTM_USING_STACK_LIMIT)
#define RTTM_STACK_GUARD_BYTES 128u
#else
#define RTTM_STACK_GUARD_BYTES 0u
#endif

/* What the kernel fills a new stack with. */
#define RTTM_STACK_FILL '#'

/* The number of modules: without any, no stack is looked at when threads are switched. Changed in critical sections. */
#ifdef RTTM_USING_STACK_CHECK
extern rt_uint32_t rttm_stack_users;

rt_inline void rttm_stack_users_add(int modules)
{
    rttm_stack_users += (rt_uint32_t)modules;
}
#else
rt_inline void rttm_stack_users_add(int modules)
{
    (void)modules;
}
#endif

/* Guards the stack of `thread`, which runs next, if it is a thread of a module. */
#ifdef RTTM_USING_STACK_GUARD
void rttm_stack_guard(rt_thread_t thread);
#else
rt_inline void rttm_stack_guard(rt_thread_t thread)
{
    (void)thread;
}
#endif

#endif /* RTTM_STACK_GUARD_H */
