/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cache maintenance for code that was just loaded.
 *
 * A loader writes code as data. The code may be in the data cache only, and the instruction cache may still have older
 * lines of the same memory. So the data cache must be cleaned to the point where both caches see the same memory, and
 * then the instruction cache must be invalidated. A load does this after the last relocation and before `module_init`,
 * with the functions `rt_hw_cpu_dcache_ops` and `rt_hw_cpu_icache_ops` of the kernel's port. This file has
 *
 * - weak versions of both functions for ports without them: the port of Cortex-M7 has them in a file that only compiles
 *   with Arm's CMSIS, and others do not have them at all;
 * - what all versions of these ports leave out. `-Wl,--wrap=rt_hw_cpu_icache_ops` adds it to every call. The port of
 *   Cortex-M7 leaves out the last cache line of a range that begins in the middle of a line. The port of Cortex-A
 *   leaves out the branch predictor, which still has the branches of the old code, and in 5.x the barriers. The functions of
 *   virt64 do nothing.
 */
#include <rtthread.h>
#include <rthw.h>

#include "compat.h"

#ifdef RT_USING_MODULE

#if (defined(ARCH_ARM_CORTEX_M7) || defined(ARCH_ARM_CORTEX_A)) && !defined(RT_USING_CACHE)
#error "kernel-glue: this processor has caches, which dlmodule only knows with RT_USING_CACHE"
#endif

#ifdef RT_USING_CACHE

/* With --wrap, the linker turns calls of rt_hw_cpu_icache_ops into the first, and gives the port's own the second. */
void __wrap_rt_hw_cpu_icache_ops(int ops, void *start, int bytes);
void __real_rt_hw_cpu_icache_ops(int ops, void *start, int bytes);

#ifdef __riscv

/* Where caches need more than fence.i, the port has its own functions. */
__attribute__((weak)) void rt_hw_cpu_dcache_ops(int ops, void *start, int bytes)
{
    (void)ops;
    (void)start;
    (void)bytes;
}

__attribute__((weak)) void rt_hw_cpu_icache_ops(int ops, void *start, int bytes)
{
    (void)ops;
    (void)start;
    (void)bytes;
}

void __wrap_rt_hw_cpu_icache_ops(int ops, void *start, int bytes)
{
    __real_rt_hw_cpu_icache_ops(ops, start, bytes);
    rttm_fence_code();
}

#else

/* The bytes of the shortest and the longest cache line of any Cortex-M or Cortex-A. */
#define SHORTEST_LINE 16u
#define LONGEST_LINE  64u

/* Visits each cache line of a range at least once. More than one operation on a line does no harm. */
#define FOR_EACH_LINE(address, start, bytes)                                          \
    for (rt_ubase_t address = (rt_ubase_t)(start) & ~(rt_ubase_t)(SHORTEST_LINE - 1); \
         address < (rt_ubase_t)(start) + (rt_ubase_t)(bytes); address += SHORTEST_LINE)

#if __ARM_ARCH_PROFILE == 'M'

/* Registers: the operation is done on the line of the address that is written. Does nothing without caches. */
#define INVALIDATE_CODE     (*(volatile rt_uint32_t *)0xE000EF58u) /* ICIMVAU */
#define INVALIDATE_DATA     (*(volatile rt_uint32_t *)0xE000EF5Cu) /* DCIMVAC */
#define CLEAN_DATA          (*(volatile rt_uint32_t *)0xE000EF68u) /* DCCMVAC */
#define INVALIDATE_BRANCHES (*(volatile rt_uint32_t *)0xE000EF78u) /* BPIALL */

rt_inline void invalidate_branches(void)
{
    INVALIDATE_BRANCHES = 0;
}

rt_inline void invalidate_code(rt_ubase_t address)
{
    INVALIDATE_CODE = address;
}

rt_inline void clean_data(rt_ubase_t address)
{
    CLEAN_DATA = address;
}

rt_inline void invalidate_data(rt_ubase_t address)
{
    INVALIDATE_DATA = address;
}

#else

rt_inline void invalidate_branches(void)
{
    __asm volatile("mcr p15, 0, %0, c7, c5, 6" ::"r"(0) : "memory"); /* BPIALL */
}

rt_inline void invalidate_code(rt_ubase_t address)
{
    __asm volatile("mcr p15, 0, %0, c7, c5, 1" ::"r"(address) : "memory"); /* ICIMVAU */
}

rt_inline void clean_data(rt_ubase_t address)
{
    __asm volatile("mcr p15, 0, %0, c7, c10, 1" ::"r"(address) : "memory"); /* DCCMVAC */
}

rt_inline void invalidate_data(rt_ubase_t address)
{
    __asm volatile("mcr p15, 0, %0, c7, c6, 1" ::"r"(address) : "memory"); /* DCIMVAC */
}

#endif

rt_inline void barrier(void)
{
    __asm volatile("dsb\n\tisb" ::: "memory");
}

__attribute__((weak)) void rt_hw_cpu_dcache_ops(int ops, void *start, int bytes)
{
    barrier();
    FOR_EACH_LINE(address, start, bytes)
    {
        if (ops & RT_HW_CACHE_FLUSH)
            clean_data(address);
        if (ops & RT_HW_CACHE_INVALIDATE)
            invalidate_data(address);
    }
    barrier();
}

__attribute__((weak)) void rt_hw_cpu_icache_ops(int ops, void *start, int bytes)
{
    if (!(ops & RT_HW_CACHE_INVALIDATE))
        return;
    FOR_EACH_LINE(address, start, bytes)
    {
        invalidate_code(address);
    }
    barrier();
}

void __wrap_rt_hw_cpu_icache_ops(int ops, void *start, int bytes)
{
    rt_ubase_t first = (rt_ubase_t)start & ~(rt_ubase_t)(LONGEST_LINE - 1);
    rt_ubase_t end = ((rt_ubase_t)start + (rt_ubase_t)bytes + LONGEST_LINE - 1) & ~(rt_ubase_t)(LONGEST_LINE - 1);

    barrier();
    __real_rt_hw_cpu_icache_ops(ops, (void *)first, (int)(end - first));
    invalidate_branches();
    barrier();
}

#endif /* __riscv */
#endif /* RT_USING_CACHE */
#endif /* RT_USING_MODULE */
