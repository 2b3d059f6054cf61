/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stops a thread of a module before it writes below its stack: a region of the memory protection unit at the end of the
 * stack makes writes there fault. Without it, an overflow is only found at the next switch of threads, when the heap is
 * damaged, and the kernel stops. Only threads of modules are guarded. The guard and its alignment are added to the stack
 * that a thread asks for.
 */
#include <rtthread.h>

#include "module_thread.h"
#include "stack_guard.h"

#ifdef RTTM_USING_STACK_GUARD

/* Armv7-M Architecture Reference Manual, B3.5: the memory protection unit of PMSAv7. */
#define MPU_TYPE    (*(volatile rt_uint32_t *)0xE000ED90u)
#define MPU_CONTROL (*(volatile rt_uint32_t *)0xE000ED94u)
#define MPU_NUMBER  (*(volatile rt_uint32_t *)0xE000ED98u)
#define MPU_BASE    (*(volatile rt_uint32_t *)0xE000ED9Cu)
#define MPU_SIZE    (*(volatile rt_uint32_t *)0xE000EDA0u)

#define TYPE_REGIONS(type) (((type) >> 8) & 0xFFu)
#define CONTROL_ON         0x5u /* memory in no region behaves as without the unit */
#define BASE_WITH_NUMBER   0x10u
#define SIZE_READ_ONLY     0x150B0000u /* not executable, readable, cached as on-chip memory */
#define SIZE_ENABLED       0x1u

/* The size's exponent, less one, from bit 1 on. */
#define SIZE_OF(bytes) ((30u - (rt_uint32_t)__builtin_clz(bytes)) << 1)

/* The region of the highest priority, which overrides those of the firmware; 0: there is no unit. */
static rt_uint32_t region;
static rt_bool_t   is_on;

static void guard(rt_thread_t thread)
{
    const struct rttm_module_thread *own = rttm_module_thread_of(thread);
    rt_uint32_t                      bytes = RTTM_STACK_REGION_BYTES;
    rt_uint32_t                      base = RT_ALIGN((rt_uint32_t)thread->stack_addr, RTTM_STACK_REGION_BYTES);

    if (own != RT_NULL && own->region_bytes > RTTM_STACK_REGION_BYTES)
    {
        bytes = own->region_bytes;
        base = (rt_uint32_t)thread->stack_addr + RTTM_STACK_GUARD_BYTES - bytes;
    }
    MPU_BASE = base | BASE_WITH_NUMBER | region;
    MPU_SIZE = SIZE_READ_ONLY | SIZE_OF(bytes) | SIZE_ENABLED;
    is_on = RT_TRUE;
}

static void unguard(void)
{
    MPU_NUMBER = region;
    MPU_SIZE = 0;
    is_on = RT_FALSE;
}

void rttm_stack_guard(rt_thread_t thread)
{
    if (region == 0)
        return;
    if (rttm_is_module_thread(thread))
        guard(thread);
    else if (is_on)
        unguard();
}

static int turn_unit_on(void)
{
    rt_uint32_t regions = TYPE_REGIONS(MPU_TYPE);

    if (regions == 0)
        return 0;
    region = regions - 1;
    MPU_CONTROL |= CONTROL_ON;
    __asm volatile("dsb\n isb" ::: "memory");
    return 0;
}
INIT_PREV_EXPORT(turn_unit_on);

#endif
