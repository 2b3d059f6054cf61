/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults of the processor in the code of a module, which end the module but not the kernel. The files fault_cortex_*.c and
 * fault_riscv.c take the exception from the kernel's port. The rest is the same for all processors.
 */
#ifndef RTTM_FAULT_H
#define RTTM_FAULT_H

#include <rtthread.h>

#ifdef __riscv
#include "trap_riscv.h"
#endif

/*
 * The numbers of the registers, with pc as the last. A report prints those from FIRST to LAST, with LETTER before the
 * number.
 */
#ifdef __riscv
#define RTTM_FAULT_REGISTERS 33
#define RTTM_FAULT_LR        1
#define RTTM_FAULT_SP        2
#define RTTM_FAULT_PC        32
#define RTTM_FAULT_FIRST     5
#define RTTM_FAULT_LAST      31
#define RTTM_FAULT_LETTER    "x"

/* A stack with less room than this has overflowed, because the frame of an interrupt does not fit. */
#define RTTM_FAULT_FRAME_BYTES ((RTTM_TRAP_WORDS + RTTM_TRAP_EXTRA_WORDS) * sizeof(rt_ubase_t))
#else
#define RTTM_FAULT_REGISTERS 16
#define RTTM_FAULT_SP        13
#define RTTM_FAULT_LR        14
#define RTTM_FAULT_PC        15
#define RTTM_FAULT_FIRST     0
#define RTTM_FAULT_LAST      12
#define RTTM_FAULT_LETTER    "r"

#define RTTM_FAULT_FRAME_BYTES 32u
#endif

/* What the kernel prints of an assertion: its expression, the function, the line. */
#define RTTM_ASSERTION_FORMAT "(%s) assertion failed at function:%s, line number:%d\n"

struct rttm_fault
{
    const char *cause;    /* as text; of an assertion, its expression */
    const char *function; /* of the kernel's, in which an assertion failed; RT_NULL: it is a fault of the processor */
    rt_uint32_t line;     /* where in its file */
    rt_ubase_t  registers[RTTM_FAULT_REGISTERS];
    rt_bool_t   has_registers; /* RT_FALSE if the stack had no room to save them */
    rt_bool_t   has_address;
    rt_ubase_t  address; /* of the access to memory that failed */
    /* Of a stack: what a call of the kernel needs, and what is left. 0: there was no call. */
    rt_uint32_t needed_bytes;
    rt_uint32_t left_bytes;
};

/*
 * To be called in the exception. Returns the end of the stack on which the thread has to call rttm_fault_end, or 0 if the
 * kernel has to handle the fault. `fault` is copied.
 */
rt_ubase_t rttm_fault_take(const struct rttm_fault *fault);

/*
 * The end of the stack on which a thread of a module can call rttm_fault_overflow when it runs next, or 0 if it is in a
 * call of the kernel that must not be broken off.
 */
rt_ubase_t rttm_fault_stack_end(rt_thread_t thread);

#ifdef __riscv
/* In an interrupt: the stack pointer of the thread, below the registers that the port has saved. */
extern rt_ubase_t rttm_fault_interrupted_sp;
#endif

/* The stack of interrupts, where the port has none. */
#ifdef RTTM_PORT_OF_VIRT64
#ifndef RTT_MOD_INTERRUPT_STACK_SIZE
#define RTT_MOD_INTERRUPT_STACK_SIZE 8192
#endif
extern rt_uint8_t rttm_fault_interrupt_stack[RTT_MOD_INTERRUPT_STACK_SIZE];
#endif

/* In a thread whose stack is used up: reports that, and ends the module. */
void rttm_fault_overflow(void) __attribute__((noreturn));

/*
 * In a thread that can't go on: reports `fault`, and ends the module. Returns if no module runs in it, or if it is in a call
 * of the kernel that must not be broken off.
 */
void rttm_fault_raise(const struct rttm_fault *fault);

/* In the thread that has faulted: reports the fault, and ends the module. */
void rttm_fault_end(void) __attribute__((noreturn));

/*
 * Linked in place of the kernel's handler of failed assertions: `expression` is false in `function`, at `line` of its file. Ends
 * the module that runs here, and stops the thread if that can't be ended.
 */
void __wrap_rt_assert_handler(const char *expression, const char *function, rt_size_t line);

/* The kernel's. Weak: a kernel without assertions has none, and calls none. */
void __real_rt_assert_handler(const char *expression, const char *function, rt_size_t line) __attribute__((weak));

#endif /* RTTM_FAULT_H */
