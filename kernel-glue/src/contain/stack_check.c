/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds stacks that are used up when their threads are switched away from, and has those threads end their modules when
 * they run next. The kernel's own check (RT_USING_OVERFLOW_CHECK) comes later, with the switch back, and stops everything.
 *
 * What the thread has written below its stack by then, is damaged: at worst all that it did since the last tick. The end of
 * a stack that may be written on is RTT_MOD_STACK_GUARD_BYTES long.
 *
 * The switch itself is wrapped, since the kernel has one scheduler hook, which may be the firmware's.
 */
#include <rtthread.h>
#include <rthw.h>

#include "stack_guard.h"

#ifdef RTTM_USING_STACK_CHECK

#include "contained.h"
#include "fault.h"
#include "module_thread.h"

/* So many words of the fill at a stack's end are looked at, of which a frame may leave some out. */
#define FILL_WORDS 4

/* Of the port: a switch is under way, so the thread that is switched away from is not the one that runs here. */
extern rt_uint32_t rt_thread_switch_interrupt_flag;

/* What the linker makes of the scheduler's calls, and the names that it then gives to the port's own functions. */
void __wrap_rt_hw_context_switch(rt_ubase_t from, rt_ubase_t to, rt_ubase_t third, rt_ubase_t fourth);
void __real_rt_hw_context_switch(rt_ubase_t from, rt_ubase_t to, rt_ubase_t third, rt_ubase_t fourth);
void __wrap_rt_hw_context_switch_interrupt(rt_ubase_t from, rt_ubase_t to, rt_ubase_t third, rt_ubase_t fourth);
void __real_rt_hw_context_switch_interrupt(rt_ubase_t from, rt_ubase_t to, rt_ubase_t third, rt_ubase_t fourth);

/* The stack pointer of a thread that nobody goes on with. */
static rt_ubase_t discarded;

/* Of the thread, also in an interrupt. */
static rt_ubase_t stack_pointer(void)
{
    rt_ubase_t sp;

#if __ARM_ARCH_PROFILE == 'M'
    __asm volatile("mrs %0, psp" : "=r"(sp));
#else
    rt_ubase_t mode;

    __asm volatile("mrs %1, cpsr\n cps #0x13\n mov %0, sp\n msr cpsr_c, %1" : "=r"(sp), "=&r"(mode));
#endif
    return sp;
}

/* Threads that C modules make themselves have no room for more than the kernel's own check. */
static rt_uint32_t guard_bytes_of(rt_thread_t thread)
{
    return rttm_module_thread_of(thread) != RT_NULL ? RTTM_STACK_GUARD_BYTES : FILL_WORDS * 4;
}

static rt_bool_t is_filled(const rt_uint8_t *end)
{
    int i;

    for (i = 1; i <= FILL_WORDS * 4; i++)
    {
        if (end[-i] != RTTM_STACK_FILL)
            return RT_FALSE;
    }
    return RT_TRUE;
}

/* What a thread goes on with whose stack is used up. */
static void end_module(void *unused)
{
    (void)unused;
    discarded = 0; /* it may point into the module, for pointer_scan.c to find */
    rttm_fault_overflow();
}

/* Begins `thread` anew, in a function that ends its module. RT_FALSE when that is not safe. */
static rt_bool_t divert(rt_thread_t thread)
{
    rt_ubase_t stack_end = rttm_fault_stack_end(thread);

    if (stack_end == 0)
        return RT_FALSE;
    thread->sp = rt_hw_stack_init((void *)end_module, RT_NULL, (rt_uint8_t *)(stack_end - sizeof(rt_ubase_t)),
                                  (void *)rttm_wait_for_the_end);
    return RT_TRUE;
}

/* Where the registers of the thread are to be saved whose stack pointer is at `from`. */
static rt_ubase_t check(rt_ubase_t from)
{
    rt_thread_t thread = rt_list_entry(from, struct rt_thread, sp);
    rt_uint8_t *end;

    if (!rttm_is_module_thread(thread) || rt_thread_switch_interrupt_flag != 0)
        return from;
    end = (rt_uint8_t *)thread->stack_addr + guard_bytes_of(thread);
    if (stack_pointer() >= (rt_ubase_t)end && is_filled(end))
        return from;
    rt_memset(thread->stack_addr, RTTM_STACK_FILL, (rt_ubase_t)end - (rt_ubase_t)thread->stack_addr);
    return !rttm_contained_is_ending(thread) && divert(thread) ? (rt_ubase_t)&discarded : from;
}

/* In 5.x they have two more arguments, which are handed on. */
void __wrap_rt_hw_context_switch(rt_ubase_t from, rt_ubase_t to, rt_ubase_t third, rt_ubase_t fourth)
{
    rttm_stack_guard(rt_list_entry(to, struct rt_thread, sp));
    __real_rt_hw_context_switch(check(from), to, third, fourth);
}

void __wrap_rt_hw_context_switch_interrupt(rt_ubase_t from, rt_ubase_t to, rt_ubase_t third, rt_ubase_t fourth)
{
    rttm_stack_guard(rt_list_entry(to, struct rt_thread, sp));
    __real_rt_hw_context_switch_interrupt(check(from), to, third, fourth);
}

#endif
