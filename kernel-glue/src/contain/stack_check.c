/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds stack overflows when a thread is switched away from. The thread then ends its module when it runs next. The
 * kernel's own check (RT_USING_OVERFLOW_CHECK) comes later, with the switch back, and stops the kernel.
 *
 * By then the thread may have damaged memory below its stack, at worst since the last tick. Writes to the last
 * RTT_MOD_STACK_GUARD_BYTES bytes of the stack do no harm.
 *
 * The functions that switch are wrapped, because the kernel has only one scheduler hook, which the firmware may use.
 */
#include <rtthread.h>
#include <rthw.h>

#include "stack_guard.h"

#ifdef RTTM_USING_STACK_CHECK

#include "contained.h"
#include "fault.h"
#include "module_thread.h"

/* The number of words at the end of a stack that must be untouched. A frame may skip some of them. */
#define FILL_WORDS 4

/* Of the port: a switch is pending, so the thread that is switched away from is not the one that runs. */
#ifdef __riscv
extern volatile rt_ubase_t rt_thread_switch_interrupt_flag;
#else
extern rt_uint32_t rt_thread_switch_interrupt_flag;
#endif

/* What the scheduler passes: 5.x has two more arguments. */
#if RTTHREAD_VERSION < 50000
#define ARGUMENTS    rt_ubase_t from, rt_ubase_t to
#define PASSED(from) from, to
#else
#define ARGUMENTS    rt_ubase_t from, rt_ubase_t to, rt_ubase_t third, rt_ubase_t fourth
#define PASSED(from) from, to, third, fourth
#endif

/* Of a function without a prologue, which leaves them in their registers. */
#ifdef RTTM_PORT_OF_VIRT64
#define SWITCH_ARGUMENTS void
#else
#define SWITCH_ARGUMENTS ARGUMENTS
#endif

/* The linker replaces the scheduler's calls by __wrap_, and calls the port's own functions by __real_. */
void __wrap_rt_hw_context_switch(SWITCH_ARGUMENTS);
void __real_rt_hw_context_switch(ARGUMENTS);
void __wrap_rt_hw_context_switch_interrupt(ARGUMENTS);
void __real_rt_hw_context_switch_interrupt(ARGUMENTS);

rt_uint32_t rttm_stack_users;

/* Takes the stack pointer of a thread that does not continue. */
static rt_ubase_t discarded;

/* The stack pointer of the thread, also in an interrupt. */
static rt_ubase_t stack_pointer(void)
{
    rt_ubase_t sp;

#if defined(__riscv)
    __asm volatile("mv %0, sp" : "=r"(sp));
    if (rt_interrupt_get_nest() != 0)
        sp = rttm_fault_interrupted_sp;
#elif __ARM_ARCH_PROFILE == 'M'
    __asm volatile("mrs %0, psp" : "=r"(sp));
#else
    rt_ubase_t mode;

    __asm volatile("mrs %1, cpsr\n cps #0x13\n mov %0, sp\n msr cpsr_c, %1" : "=r"(sp), "=&r"(mode));
#endif
    return sp;
}

/*
 * How many bytes at the end of the stack have to be untouched: the guard, without what the registers of an interrupt take of
 * it. Where there is no guard, there are the bytes that the kernel checks.
 */
static rt_uint32_t guard_bytes_of(rt_thread_t thread)
{
    rt_uint32_t bytes = rttm_stack_guard_bytes(thread);

    return bytes != 0 ? bytes - RTTM_STACK_SAVED_BYTES : FILL_WORDS * 4;
}

/* A word of RTTM_STACK_FILL. */
#define FILL_WORD (0x01010101u * RTTM_STACK_FILL)

/* Without a loop, since it runs at each switch. A stack may begin at an odd address. */
static rt_bool_t is_filled(rt_ubase_t end)
{
    const rt_uint32_t *words = (const rt_uint32_t *)(end & ~(rt_ubase_t)3);

    return ((words[-1] ^ FILL_WORD) | (words[-2] ^ FILL_WORD) | (words[-3] ^ FILL_WORD) | (words[-4] ^ FILL_WORD)) == 0;
}

/* A thread whose stack is used up continues here. */
static void end_module(void *unused)
{
    (void)unused;
    discarded = 0; /* it may point into the module, for pointer_scan.c to find */
    rttm_fault_overflow();
}

/* Makes `thread` continue in a function that ends its module. RT_FALSE if that is not safe. */
static rt_bool_t divert(rt_thread_t thread)
{
    rt_ubase_t stack_end = rttm_fault_stack_end(thread);

    if (stack_end == 0)
        return RT_FALSE;
    thread->sp = rt_hw_stack_init((void *)end_module, RT_NULL, (rt_uint8_t *)(stack_end - sizeof(rt_ubase_t)),
                                  (void *)rttm_wait_for_the_end);
    return RT_TRUE;
}

/* Returns where to save the stack pointer of a module's thread, whose stack pointer is at `from`. */
static rt_ubase_t check(rt_thread_t thread, rt_ubase_t from)
{
    rt_ubase_t end = (rt_ubase_t)thread->stack_addr + guard_bytes_of(thread);
    rt_bool_t  is_below = stack_pointer() < end;

    if (rt_thread_switch_interrupt_flag != 0 || (!is_below && is_filled(end)))
        return from;
    if (!is_below) /* otherwise the frames of the thread are still there */
        rt_memset(thread->stack_addr, RTTM_STACK_FILL, end - (rt_ubase_t)thread->stack_addr);
    return !rttm_contained_is_ending(thread) && divert(thread) ? (rt_ubase_t)&discarded : from;
}

/* Guards the thread that runs next, and returns where to save the stack pointer of the one that is switched away from. */
static rt_ubase_t look(rt_ubase_t from, rt_ubase_t to)
{
    rt_thread_t thread = rt_list_entry(from, struct rt_thread, sp);

    rttm_stack_guard(rt_list_entry(to, struct rt_thread, sp));
    return rttm_is_module_thread(thread) ? check(thread, from) : from;
}

/* Without a module there is nothing to look at. */
static void look_and_switch(ARGUMENTS)
{
    if (rttm_stack_users != 0)
        from = look(from, to);
    __real_rt_hw_context_switch(PASSED(from));
}

#ifdef RTTM_PORT_OF_VIRT64

void rttm_stack_look_and_switch(ARGUMENTS);

void rttm_stack_look_and_switch(ARGUMENTS)
{
    look_and_switch(PASSED(from));
}

/*
 * trap_entry calls this too, at the end of an interrupt that has asked for a switch. The thread was looked at before. What is
 * saved then has the address in trap_entry, by which saved_thread.c knows where the frame is. In 5.0, the thread would come
 * back there with interrupts on, by the bit of the status register for after the trap; another interrupt then would write on
 * the frame while it is restored. Later versions clear the bit themselves.
 */
__attribute__((naked)) void __wrap_rt_hw_context_switch(SWITCH_ARGUMENTS)
{
    __asm volatile("la t0, trap_entry                       \n"
                   "bltu ra, t0, 1f                         \n"
                   "la t0, rt_hw_interrupt_enable           \n"
                   "bgeu ra, t0, 1f                         \n"
                   "li t0, %0                               \n"
                   "csrc sstatus, t0                        \n"
                   "tail __real_rt_hw_context_switch        \n"
                   "1: tail rttm_stack_look_and_switch      \n" ::"i"(RTTM_STATUS_WAS_ENABLED));
}

#else

void __wrap_rt_hw_context_switch(SWITCH_ARGUMENTS)
{
    look_and_switch(PASSED(from));
}

#endif

void __wrap_rt_hw_context_switch_interrupt(ARGUMENTS)
{
    if (rttm_stack_users != 0)
        from = look(from, to);
    __real_rt_hw_context_switch_interrupt(PASSED(from));
}

#endif
