/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Faults of a processor that a module has made: they end the module and not the kernel. The files fault_cortex_*.c and
 * fault_riscv.c take the exception from the kernel's port; the rest is the same for all.
 */
#ifndef RTTM_FAULT_H
#define RTTM_FAULT_H

#include <rtthread.h>

/*
 * The registers, as they were when the fault came, by their numbers; pc is the last. A report has those from the first to
 * the last that code calculates with, by the letter that all have in common.
 */
#ifdef __riscv
#define RTTM_FAULT_REGISTERS 33
#define RTTM_FAULT_LR        1
#define RTTM_FAULT_SP        2
#define RTTM_FAULT_PC        32
#define RTTM_FAULT_FIRST     5
#define RTTM_FAULT_LAST      31
#define RTTM_FAULT_LETTER    "x"

/* With less than this below the stack pointer, the stack has overflowed: an interrupt's frame has no room. */
#define RTTM_FAULT_FRAME_BYTES (32u * sizeof(rt_ubase_t))
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

struct rttm_fault
{
    const char *cause; /* in words */
    rt_ubase_t  registers[RTTM_FAULT_REGISTERS];
    rt_bool_t   has_registers; /* without them, the stack had no room to save them */
    rt_bool_t   has_address;
    rt_ubase_t  address; /* of the memory that was accessed in vain */
};

/*
 * In the exception, after a thread of whatever kind has faulted. The end of a stack from which rttm_fault_end is to be
 * called in that thread; 0 when the fault is the kernel's. `fault` is copied.
 */
rt_ubase_t rttm_fault_take(const struct rttm_fault *fault);

/*
 * The end of a stack on which rttm_fault_overflow can begin, for a thread of a module's that does not run, or not for long;
 * 0 when it is in the middle of something of the kernel's.
 */
rt_ubase_t rttm_fault_stack_end(rt_thread_t thread);

/* In a thread whose stack was found to be used up: tells so, and ends the module. */
void rttm_fault_overflow(void) __attribute__((noreturn));

/* In the thread that has faulted: tells what has happened, and ends the module. */
void rttm_fault_end(void) __attribute__((noreturn));

#endif /* RTTM_FAULT_H */
