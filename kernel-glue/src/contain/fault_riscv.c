/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults on RISC-V. The `trap_entry` of the ports in trap_riscv.h pushes all registers on the stack of the thread and calls
 * `handle_trap`, which is linked with `-Wl,--wrap=handle_trap`. When that returns, the thread continues with the registers
 * in the frame.
 */
#include <rtthread.h>
#include <rthw.h>

#include "../port/compat.h"
#include "fault.h"
#include "../port/groups.h"
#include "trap_riscv.h"

#if defined(RTT_MOD_USING_FAULTS) && defined(RTTM_HAS_HANDLE_TRAP)

/* The highest bit of the cause is set for interrupts. */
#define IS_EXCEPTION(cause) ((rt_base_t)(cause) >= 0)

/* Privileged architecture, 3.1.15 and 4.1.8: by the cause. What is missing is no fault of a module. */
static const char *const causes[] = {
    [0] = "jump to an odd address",       [1] = "forbidden instruction fetch",
    [2] = "undefined instruction",        [3] = "breakpoint",
    [4] = "unaligned data access",        [5] = "forbidden data access",
    [6] = "unaligned data access",        [7] = "forbidden data access",
    [12] = "forbidden instruction fetch", [13] = "forbidden data access",
    [15] = "forbidden data access",
};

/* Those of data: a bit for each cause. */
#define OF_DATA (1u << 4 | 1u << 5 | 1u << 6 | 1u << 7 | 1u << 13 | 1u << 15)

rt_ubase_t rttm_fault_interrupted_sp;

/* `address` is that of the data. */
static void describe_trap(struct rttm_fault *fault, rt_ubase_t cause, rt_ubase_t address, const rt_ubase_t *frame)
{
    rt_bool_t is_known = cause < sizeof causes / sizeof causes[0] && causes[cause] != RT_NULL;

    fault->cause = is_known ? causes[cause] : "exception";
    fault->has_address = is_known && (OF_DATA >> cause & 1);
    if (fault->has_address)
        fault->address = address;
    fault->has_registers = RT_TRUE;
    rt_memcpy(&fault->registers[RTTM_TRAP_FIRST], &frame[RTTM_TRAP_FIRST],
              (RTTM_TRAP_WORDS - RTTM_TRAP_FIRST) * sizeof *frame);
    fault->registers[RTTM_FAULT_LR] = frame[RTTM_TRAP_RA];
    fault->registers[RTTM_FAULT_SP] = rttm_trap_sp(frame);
    fault->registers[RTTM_FAULT_PC] = frame[RTTM_TRAP_PC];
}

/* The thread continues here, with the end of its stack in a0. */
__attribute__((naked)) static void go_on(void)
{
    __asm volatile("mv sp, a0\n tail rttm_fault_end");
}

/* Makes the thread with this frame end its module. RT_FALSE if the kernel has to handle the fault. */
static rt_bool_t take_trap(rt_ubase_t cause, rt_ubase_t address, rt_ubase_t *frame)
{
    struct rttm_fault fault = {.cause = RT_NULL};
    rt_ubase_t        stack_end;

    describe_trap(&fault, cause, address, frame);
    stack_end = rttm_fault_take(&fault);
    if (stack_end == 0)
        return RT_FALSE;
    frame[RTTM_TRAP_PC] = (rt_ubase_t)go_on;
    frame[RTTM_TRAP_A0] = stack_end;
    frame[RTTM_TRAP_STATUS] |= RTTM_STATUS_WAS_ENABLED;
    return RT_TRUE;
}

/* The linker replaces trap_entry's call by __wrap_, and calls the port's own function by __real_. */
#ifdef RTTM_PORT_OF_VIRT64

void __wrap_handle_trap(rt_ubase_t cause, rt_ubase_t value, rt_ubase_t pc, rt_ubase_t *frame);
void __real_handle_trap(rt_ubase_t cause, rt_ubase_t value, rt_ubase_t pc, rt_ubase_t *frame);

/* Interrupts would take as much of each stack of a module's threads as the firmware's handlers and hard timers take. */
__attribute__((aligned(16))) rt_uint8_t rttm_fault_interrupt_stack[RTT_MOD_INTERRUPT_STACK_SIZE];

/* What a function may change, besides the registers of its arguments and those for floats, which trap_entry restores. */
#define CHANGED_BY_CALLS "ra", "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a4", "a5", "a6", "a7", "memory"

static void handle_on_own_stack(rt_ubase_t cause, rt_ubase_t value, rt_ubase_t pc, rt_ubase_t *frame)
{
    register rt_ubase_t  a0 __asm("a0") = cause;
    register rt_ubase_t  a1 __asm("a1") = value;
    register rt_ubase_t  a2 __asm("a2") = pc;
    register rt_ubase_t *a3 __asm("a3") = frame;

    __asm volatile("mv s1, sp\n mv sp, %4\n call __real_handle_trap\n mv sp, s1"
                   : "+r"(a0), "+r"(a1), "+r"(a2), "+r"(a3)
                   : "r"(rttm_fault_interrupt_stack + sizeof rttm_fault_interrupt_stack)
                   : "s1", CHANGED_BY_CALLS);
}

void __wrap_handle_trap(rt_ubase_t cause, rt_ubase_t value, rt_ubase_t pc, rt_ubase_t *frame)
{
    if (IS_EXCEPTION(cause))
    {
        if (!take_trap(cause, value, frame))
            __real_handle_trap(cause, value, pc, frame);
        return;
    }
    rttm_fault_interrupted_sp = (rt_ubase_t)frame;
    if (rt_interrupt_get_nest() == 0)
        handle_on_own_stack(cause, value, pc, frame);
    else
        __real_handle_trap(cause, value, pc, frame);
}

#else

rt_ubase_t __wrap_handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame);
rt_ubase_t __real_handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame);

static rt_ubase_t faulting_address(void)
{
    rt_ubase_t address;

    __asm volatile("csrr %0, mtval" : "=r"(address));
    return address;
}

/* trap_entry counts an exception as an interrupt. Without that count it is seen that a thread has faulted. */
static rt_bool_t take_outside_of_interrupt(rt_ubase_t cause, rt_ubase_t *frame)
{
    rt_bool_t is_taken;

    rt_interrupt_leave();
    is_taken = take_trap(cause, faulting_address(), frame);
    rt_interrupt_enter();
    return is_taken;
}

rt_ubase_t __wrap_handle_trap(rt_ubase_t cause, rt_ubase_t pc, rt_ubase_t *frame)
{
    if (IS_EXCEPTION(cause) && take_outside_of_interrupt(cause, frame))
        return pc;
    if (!IS_EXCEPTION(cause))
        rttm_fault_interrupted_sp = (rt_ubase_t)frame;
    return __real_handle_trap(cause, pc, frame);
}

#endif
#endif
