/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults on RISC-V in machine mode. The `trap_entry` of RT-Thread 4.0's ports pushes all registers on the stack of the
 * thread and calls `handle_trap`, which is linked with `-Wl,--wrap=handle_trap`. When that returns, the thread continues
 * with the registers in the frame.
 */
#include <rtthread.h>
#include <rthw.h>

#include "../port/compat.h"
#include "fault.h"
#include "../port/groups.h"

#if defined(RTT_MOD_USING_FAULTS) && defined(RTTM_HAS_HANDLE_TRAP)

/* The frame's words: pc, ra, mstatus, nothing, then x4 to x31. */
#define FRAME_PC      0
#define FRAME_RA      1
#define FRAME_MSTATUS 2
#define FRAME_A0      10
#define FRAME_FIRST   4
#define FRAME_WORDS   32

#define MSTATUS_MPIE 0x80u /* interrupts are on after the return */

/* The highest bit of mcause is set for interrupts. */
#define IS_EXCEPTION(cause) ((rt_base_t)(cause) >= 0)

/* Privileged architecture, 3.1.15: by mcause. */
static const char *const causes[] = {
    "jump to an odd address", "forbidden instruction fetch", "undefined instruction", "breakpoint",
    "unaligned data access",  "forbidden data access",       "unaligned data access", "forbidden data access",
};
#define FIRST_OF_DATA 4u

/* The linker replaces trap_entry's call by __wrap_, and calls the port's own function by __real_. */
rt_ubase_t __wrap_handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame);
rt_ubase_t __real_handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame);

rt_ubase_t rttm_fault_interrupted_sp;

static rt_ubase_t faulting_address(void)
{
    rt_ubase_t address;

    __asm volatile("csrr %0, mtval" : "=r"(address));
    return address;
}

static void describe_trap(struct rttm_fault *fault, rt_ubase_t cause, const rt_ubase_t *frame)
{
    rt_bool_t is_known = cause < sizeof causes / sizeof causes[0];

    fault->cause = is_known ? causes[cause] : "exception";
    fault->has_address = is_known && cause >= FIRST_OF_DATA;
    if (fault->has_address)
        fault->address = faulting_address();
    fault->has_registers = RT_TRUE;
    rt_memcpy(&fault->registers[FRAME_FIRST], &frame[FRAME_FIRST], (FRAME_WORDS - FRAME_FIRST) * sizeof *frame);
    fault->registers[RTTM_FAULT_LR] = frame[FRAME_RA];
    fault->registers[RTTM_FAULT_SP] = (rt_ubase_t)(frame + FRAME_WORDS);
    fault->registers[RTTM_FAULT_PC] = frame[FRAME_PC];
}

/* trap_entry counts an exception as an interrupt. Without that count it is seen that a thread has faulted. */
static rt_ubase_t take_outside_of_interrupt(const struct rttm_fault *fault)
{
    rt_ubase_t stack_end;

    rt_interrupt_leave();
    stack_end = rttm_fault_take(fault);
    rt_interrupt_enter();
    return stack_end;
}

/* The thread continues here, with the end of its stack in a0. */
__attribute__((naked)) static void go_on(void)
{
    __asm volatile("mv sp, a0\n tail rttm_fault_end");
}

rt_ubase_t __wrap_handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame)
{
    struct rttm_fault fault = {.cause = RT_NULL};
    rt_ubase_t        stack_end;

    if (!IS_EXCEPTION(cause))
    {
        rttm_fault_interrupted_sp = (rt_ubase_t)frame;
        return __real_handle_trap(cause, pc, frame);
    }
    describe_trap(&fault, cause, frame);
    stack_end = take_outside_of_interrupt(&fault);
    if (stack_end == 0)
        return __real_handle_trap(cause, pc, frame);
    frame[FRAME_PC] = (rt_ubase_t)go_on;
    frame[FRAME_A0] = stack_end;
    frame[FRAME_MSTATUS] |= MSTATUS_MPIE;
    return pc;
}

#endif
