/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Guards for the stacks of modules' threads: an overflow ends the module, not the kernel.
 *
 * Armv8-M has a limit for the stack pointer (module_thread.c). Armv7-M has a memory protection unit, with a region at the
 * end of the stack (stack_guard.c); a frame that skips the region is found when the thread is switched away from
 * (stack_check.c). Cortex-A and RISC-V, with a port of trap_riscv.h, only have that check: a page of the MMU for each stack
 * would take up to 8 KB of RAM, and a table for each megabyte.
 */
#ifndef RTTM_STACK_GUARD_H
#define RTTM_STACK_GUARD_H

#include <rtthread.h>

#include "../port/compat.h"
#ifdef __riscv
#include "trap_riscv.h"
#endif

#if defined(RTT_MOD_USING_STACK_GUARD) && defined(__ARM_ARCH_PROFILE) && defined(__arm__)
#if __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH == 7
#define RTTM_USING_STACK_GUARD
#define RTTM_USING_STACK_CHECK
#elif __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH == 8 && __ARM_ARCH_ISA_THUMB == 2
#define RTTM_USING_STACK_LIMIT
#elif __ARM_ARCH_PROFILE == 'A'
#define RTTM_USING_STACK_CHECK
#endif
#elif defined(RTT_MOD_USING_STACK_GUARD) && defined(RTTM_HAS_HANDLE_TRAP)
#define RTTM_USING_STACK_CHECK
#endif

/*
 * The bytes at the end of a stack that may be written before an overflow is found, for example when registers are saved
 * there, which are more with floating point. With a memory protection unit it is the size of the region, a power of two.
 */
#ifndef RTT_MOD_STACK_GUARD_BYTES
#if defined(__riscv) || __ARM_ARCH_PROFILE == 'A'
#define RTT_MOD_STACK_GUARD_BYTES 512
#else
#define RTT_MOD_STACK_GUARD_BYTES 128
#endif
#endif

/* The largest guard: no stack is larger. */
#define RTTM_STACK_REGION_MAX 32768u

/* What the registers of an interrupt may take of the guard, since mkmod does not count as many. */
#ifdef __riscv
#define RTTM_STACK_SAVED_BYTES ((rt_uint32_t)(RTTM_TRAP_EXTRA_WORDS * sizeof(rt_ubase_t)))
#else
#define RTTM_STACK_SAVED_BYTES 0u
#endif

/* The bytes that are added to the stack that a thread asks for. A region is aligned to its size. */
#define RTTM_STACK_REGION_BYTES ((rt_uint32_t)RTT_MOD_STACK_GUARD_BYTES)
#if defined(RTTM_USING_STACK_GUARD)
#define RTTM_STACK_GUARD_BYTES (2 * RTTM_STACK_REGION_BYTES)
#elif defined(RTTM_USING_STACK_CHECK)
#define RTTM_STACK_GUARD_BYTES (RTTM_STACK_REGION_BYTES + RTTM_STACK_SAVED_BYTES)
#elif defined(RTTM_USING_STACK_LIMIT)
#define RTTM_STACK_GUARD_BYTES 128u
#else
#define RTTM_STACK_GUARD_BYTES 0u
#endif

/*
 * ---- frames that are larger than a guard ----
 *
 * A function with a large frame could lower the stack pointer past the guard without a touch. So where such a frame may
 * overflow, there is more in front of the stack: a larger region, or bytes that nobody else uses.
 */

/* How much there is to be for a function with a frame of `frame_bytes`. */
rt_inline rt_uint32_t rttm_stack_region_bytes(rt_uint32_t frame_bytes)
{
#if defined(RTTM_USING_STACK_GUARD)
    rt_uint32_t bytes = RTTM_STACK_REGION_BYTES;

    while (bytes < frame_bytes && bytes < RTTM_STACK_REGION_MAX)
        bytes *= 2;
    return bytes;
#elif defined(RTTM_USING_STACK_CHECK)
    if (frame_bytes > RTTM_STACK_REGION_MAX)
        frame_bytes = RTTM_STACK_REGION_MAX;
    return frame_bytes > RTTM_STACK_REGION_BYTES ? RT_ALIGN(frame_bytes, 8u) : RTTM_STACK_REGION_BYTES;
#else
    (void)frame_bytes;
    return RTTM_STACK_REGION_BYTES;
#endif
}

/* What that takes besides the stack, which has the usual guard in it. A region is aligned to its size. */
rt_inline rt_uint32_t rttm_stack_extra_bytes(rt_uint32_t region_bytes)
{
    if (region_bytes == RTTM_STACK_REGION_BYTES)
        return 0;
#ifdef RTTM_USING_STACK_GUARD
    return 2 * region_bytes - RTTM_STACK_GUARD_BYTES;
#else
    return region_bytes - RTTM_STACK_REGION_BYTES;
#endif
}

/* Where the stack begins in memory at `begin`: so that the region ends where the usual guard does. */
rt_inline void *rttm_stack_begin(rt_ubase_t begin, rt_uint32_t region_bytes)
{
    if (region_bytes == RTTM_STACK_REGION_BYTES)
        return (void *)begin;
#ifdef RTTM_USING_STACK_GUARD
    begin = RT_ALIGN(begin, (rt_ubase_t)region_bytes) - RTTM_STACK_REGION_BYTES;
#endif
    return (void *)(begin + region_bytes - RTTM_STACK_REGION_BYTES);
}

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
