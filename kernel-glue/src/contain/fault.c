/* SPDX-License-Identifier: Apache-2.0 */
/* Reports the fault of a module, and ends the module. */
#include <rtthread.h>
#include <rthw.h>

#include "../port/build_id.h"
#include "../port/compat.h"
#include "cancel.h"
#include "contained.h"
#include "fault.h"
#include "module_thread.h"
#include "return_address.h"
#include "rtt_mod.h"
#include "stack_guard.h"

/* The alignment of the stack at the entry of rttm_fault_end. */
#define STACK_ALIGN 16u

/* The most return addresses in a report. */
#define BACKTRACE_MAX 8

/* The fault that is being reported. The kernel handles another one meanwhile. */
static struct rttm_fault     current;
static rt_thread_t           culprit;
static struct rttm_contained contained; /* the culprit's module */

/* The return addresses on the culprit's stack, which rttm_fault_end writes over. */
static rt_ubase_t backtrace[BACKTRACE_MAX];
static int        backtrace_length;

/*
 * Whether the module of the thread can be ended safely, because the thread is not in a call of the kernel. The caller of an
 * upcall may be in one, as a load that calls `init` is; then the upcall is aborted.
 */
static rt_bool_t can_be_contained(rt_thread_t thread)
{
    return thread != RT_NULL && rt_interrupt_get_nest() == 0 && culprit == RT_NULL && rttm_contained_here(&contained) &&
           rttm_cancel_scope_of(thread) == rttm_upcall_scope();
}

/* The end of the part of the stack that is not needed any more. The frame that makes an upcall still is. */
static rt_ubase_t usable_end(rt_thread_t thread)
{
    rt_ubase_t  end = (rt_ubase_t)thread->stack_addr + thread->stack_size;
    const void *frame = rttm_upcall_frame(thread);

    return RT_ALIGN_DOWN(frame != RT_NULL ? (rt_ubase_t)frame : end, STACK_ALIGN);
}

static rt_bool_t is_in_image(rt_ubase_t address)
{
    return address - contained.image < contained.image_bytes;
}

static void find_return_addresses(rt_thread_t thread)
{
    rt_ubase_t end = (rt_ubase_t)thread->stack_addr + thread->stack_size;
    rt_ubase_t at = current.registers[RTTM_FAULT_SP];

    backtrace_length = 0;
    if (!current.has_registers || at < (rt_ubase_t)thread->stack_addr)
        return;
    for (; at < end && backtrace_length < BACKTRACE_MAX; at += sizeof(rt_ubase_t))
    {
        rt_ubase_t word = *(const rt_ubase_t *)at;

        if (rttm_is_return_address(word, contained.image, contained.image_bytes))
            backtrace[backtrace_length++] = word & ~(rt_ubase_t)1;
    }
}

rt_ubase_t rttm_fault_take(const struct rttm_fault *fault)
{
    rt_thread_t thread = rt_thread_self();

    if (!can_be_contained(thread))
        return 0;
    culprit = thread;
    current = *fault;
    find_return_addresses(thread);
    return usable_end(thread);
}

rt_ubase_t rttm_fault_stack_end(rt_thread_t thread)
{
    return rttm_cancel_is_disabled(thread) ? 0 : usable_end(thread);
}

void rttm_fault_overflow(void)
{
    const struct rttm_fault overflow = {.cause = RT_NULL};

    while (rttm_fault_take(&overflow) == 0)
        rt_thread_delay(1); /* until another fault is reported */
    rttm_fault_end();
}

/* Calls rttm_fault_end on the stack that ends at `stack_end`. */
static void end_on_stack(rt_ubase_t stack_end)
{
#ifdef __riscv
    __asm volatile("mv sp, %0\n jr %1" ::"r"(stack_end), "r"(rttm_fault_end) : "memory");
#else
    __asm volatile("mov sp, %0\n bx %1" ::"r"(stack_end), "r"(rttm_fault_end) : "memory");
#endif
}

void rttm_fault_raise(const struct rttm_fault *fault)
{
    rt_ubase_t stack_end = rttm_fault_take(fault);

    if (stack_end != 0)
        end_on_stack(stack_end);
}

/* A frame may reach into the guard before the stack pointer does. */
static rt_bool_t is_in_guard(rt_thread_t thread)
{
    return current.has_address && current.address - (rt_ubase_t)thread->stack_addr < rttm_stack_guard_bytes(thread);
}

static rt_bool_t has_overflowed(rt_thread_t thread)
{
    return is_in_guard(thread) || !current.has_registers ||
           current.registers[RTTM_FAULT_SP] < (rt_ubase_t)thread->stack_addr + RTTM_FAULT_FRAME_BYTES;
}

/* `name image+0x…` for an address in the image, else `name 0x…`. */
static void print_address(const char *name, rt_ubase_t address)
{
    if (is_in_image(address))
        rt_kprintf("%s image+0x%lx", name, address - contained.image);
    else
        rt_kprintf("%s 0x%08lx", name, address);
}

/* Where it was, and what mkmod needs to find the line. */
static void print_place(void)
{
    char build_id[RTTM_BUILD_ID_TEXT_BYTES];

    print_address(" ", current.registers[RTTM_FAULT_PC]);
    print_address(", called from", current.registers[RTTM_FAULT_LR] & ~(rt_ubase_t)1);
    rt_kprintf("; the image is at 0x%08lx, build %s\n", contained.image,
               rttm_build_id_text(contained.build_id, build_id));
}

static void print_registers(void)
{
    int i;

    for (i = RTTM_FAULT_FIRST; i <= RTTM_FAULT_LAST; i++)
    {
        const char *end = (i - RTTM_FAULT_FIRST) % 4 == 3 ? "\n" : "";

        rt_kprintf("  " RTTM_FAULT_LETTER "%-2d 0x%08lx%s", i, current.registers[i], end);
    }
    rt_kprintf("  sp  0x%08lx\n", current.registers[RTTM_FAULT_SP]);
}

static void print_backtrace(void)
{
    int i;

    for (i = 0; i < backtrace_length; i++)
    {
        rt_kprintf(i == 0 ? "  on the stack:" : ",");
        print_address("", backtrace[i]);
    }
    if (backtrace_length != 0)
        rt_kprintf("\n");
}

static void print_overflow(rt_uint32_t stack_bytes)
{
    if (current.needed_bytes == 0)
        rt_kprintf("stack overflow: its %u bytes are used up\n", (unsigned)stack_bytes);
    else
        rt_kprintf("stack overflow: a call of the kernel needs %u bytes, %u of %u are left\n",
                   (unsigned)current.needed_bytes, (unsigned)current.left_bytes, (unsigned)stack_bytes);
    if (current.has_registers)
        print_place();
}

/* In the kernel's words. What called it is the first on the stack. */
static void print_assertion(void)
{
    rt_kprintf(RTTM_ASSERTION_FORMAT, current.cause, current.function, (int)current.line);
    current.registers[RTTM_FAULT_LR] = backtrace_length != 0 ? backtrace[0] : 0;
    print_place();
    print_backtrace();
}

static void print_report(rt_thread_t thread)
{
    rt_kprintf("module '%.*s', thread '%.*s': ", RT_NAME_MAX, contained.name, RT_NAME_MAX,
               rttm_thread_object(thread)->name);
    if (has_overflowed(thread))
    {
        print_overflow(thread->stack_size - rttm_stack_guard_bytes(thread));
        return;
    }
    if (current.function != RT_NULL)
    {
        print_assertion();
        return;
    }
    rt_kprintf("%s", current.cause);
    if (current.has_address)
        rt_kprintf(" at 0x%08lx", current.address);
    rt_kprintf("\n");
    print_place();
    print_registers();
    print_backtrace();
}

void rttm_fault_end(void)
{
    enum rttm_exit_cause cause = has_overflowed(culprit) ? RTTM_CAUSE_OVERFLOW : RTTM_CAUSE_FAULT;

    rttm_enable_interrupts(); /* the fault may have been where they were off */
    print_report(culprit);
    /* Addresses of the module, which pointer_scan.c would find. */
    rt_memset(&current, 0, sizeof current);
    rt_memset(&contained, 0, sizeof contained);
    rt_memset(backtrace, 0, sizeof backtrace);
    culprit = RT_NULL;
    rttm_exit_for(RTTM_EXIT_FAULT, cause);
}
