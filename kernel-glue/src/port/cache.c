/* SPDX-License-Identifier: Apache-2.0 */
/*
 * New code, and the caches that may still hold what was there before.
 *
 * A loader writes code as data: it may be in the data cache alone, and the instruction cache may have older lines of the
 * same memory. So the image must be cleaned from the first, as far as both caches see the same, and then invalidated in
 * the second. dlmodule does so with RT_USING_CACHE, at the only right time: behind the last relocation, in front of
 * `module_init`. It calls `rt_hw_cpu_dcache_ops` and `rt_hw_cpu_icache_ops` of the kernel's port. This file has
 *
 * - both functions, weak, for ports that have none: that of Cortex-M7 has them in a file that only compiles with Arm's
 *   CMSIS, others have none at all;
 * - what all versions of these ports leave out, put around every call of `rt_hw_cpu_icache_ops` by
 *   `-Wl,--wrap=rt_hw_cpu_icache_ops`: in that of Cortex-M7 the last line of a range that begins in the middle of a line;
 *   in that of Cortex-A the branch predictor, which knows the branches of the old code, and in 5.x the barriers.
 */
#include <rtthread.h>
#include <rthw.h>

#ifdef RT_USING_MODULE

#if (defined(ARCH_ARM_CORTEX_M7) || defined(ARCH_ARM_CORTEX_A)) && !defined(RT_USING_CACHE)
#error "kernel-glue: this processor has caches, which dlmodule only knows with RT_USING_CACHE"
#endif

#ifdef RT_USING_CACHE

/* Bytes: no line of a Cortex-M or Cortex-A is shorter, and none is longer than the second. */
#define SHORTEST_LINE 16u
#define LONGEST_LINE  64u

/* One operation for the line of each address. Several for one line do no harm. */
#define FOR_EACH_LINE(address, start, bytes)                                          \
    for (rt_ubase_t address = (rt_ubase_t)(start) & ~(rt_ubase_t)(SHORTEST_LINE - 1); \
         address < (rt_ubase_t)(start) + (rt_ubase_t)(bytes); address += SHORTEST_LINE)

#if __ARM_ARCH_PROFILE == 'M'

/* Writing an address to one of these does it to its line. Without caches, nothing happens. */
#define INVALIDATE_CODE (*(volatile rt_uint32_t *)0xE000EF58u) /* ICIMVAU */
#define INVALIDATE_DATA (*(volatile rt_uint32_t *)0xE000EF5Cu) /* DCIMVAC */
#define CLEAN_DATA      (*(volatile rt_uint32_t *)0xE000EF68u) /* DCCMVAC */
#define FORGET_BRANCHES (*(volatile rt_uint32_t *)0xE000EF78u) /* BPIALL */

rt_inline void forget_branches(void)
{
    FORGET_BRANCHES = 0;
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

rt_inline void forget_branches(void)
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

/* What the linker makes of all calls of rt_hw_cpu_icache_ops, and the name that it then gives to the port's own. */
void __wrap_rt_hw_cpu_icache_ops(int ops, void *start, int bytes);
void __real_rt_hw_cpu_icache_ops(int ops, void *start, int bytes);

void __wrap_rt_hw_cpu_icache_ops(int ops, void *start, int bytes)
{
    rt_ubase_t first = (rt_ubase_t)start & ~(rt_ubase_t)(LONGEST_LINE - 1);
    rt_ubase_t end = ((rt_ubase_t)start + (rt_ubase_t)bytes + LONGEST_LINE - 1) & ~(rt_ubase_t)(LONGEST_LINE - 1);

    barrier();
    __real_rt_hw_cpu_icache_ops(ops, (void *)first, (int)(end - first));
    forget_branches();
    barrier();
}

#endif /* RT_USING_CACHE */
#endif /* RT_USING_MODULE */
