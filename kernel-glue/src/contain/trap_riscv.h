/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the two ports for RISC-V that the glue knows save of a thread. Both call `handle_trap` for each trap, with a frame of
 * the registers that the thread goes on with.
 *
 *   the port of      the K210, and all of 4.0        virt64, which is common64 from 5.2 on
 *   mode             machine                         supervisor
 *   an exception     is counted as an interrupt      is not
 *   an interrupt     has a stack of its own          is on the stack of the thread
 *   a switch saves   such a frame                    what a function keeps; after an interrupt, below the frame
 */
#ifndef RTTM_TRAP_RISCV_H
#define RTTM_TRAP_RISCV_H

#include <rtthread.h>
#include <rthw.h>

#include "../port/compat.h"

/* The frame's words: pc, ra, the status register, x3 or nothing, then x4 to x31. */
#define RTTM_TRAP_PC     0
#define RTTM_TRAP_RA     1
#define RTTM_TRAP_STATUS 2
#define RTTM_TRAP_FIRST  4
#define RTTM_TRAP_A0     10
#define RTTM_TRAP_WORDS  32

/*
 * STATUS_WAS_ENABLED is the bit of the status register by which interrupts are on after the return from a trap. TRAP_EXTRA is
 * what a switch in an interrupt leaves on the stack, in words, beyond the frame above, which is all that mkmod counts.
 */
#ifdef RTTM_PORT_OF_VIRT64
#define RTTM_ENABLE_INTERRUPTS  "csrsi sstatus, 2"
#define RTTM_STATUS_WAS_ENABLED 0x20u

/* The stack pointer, in the word behind those above. */
#define RTTM_TRAP_SP 32

#if defined(ENABLE_FPU) || defined(ARCH_RISCV_FPU) /* the options of the port, in 5.0 and later */
#define RTTM_FLOAT_WORDS 32u
#else
#define RTTM_FLOAT_WORDS 0u
#endif
#if defined(ENABLE_VECTOR) || defined(ARCH_RISCV_VECTOR)
#define RTTM_VECTOR_WORDS 132u
#else
#define RTTM_VECTOR_WORDS 0u
#endif

/* The stack pointer and what aligns the frame, these registers, the switch, and the glue until it is on its own stack. */
#define RTTM_TRAP_EXTRA_WORDS (2u + RTTM_FLOAT_WORDS + RTTM_VECTOR_WORDS + 16u + 16u)

#else
#define RTTM_ENABLE_INTERRUPTS  "csrsi mstatus, 8"
#define RTTM_STATUS_WAS_ENABLED 0x80u
#define RTTM_TRAP_EXTRA_WORDS   0u
#endif

/* The stack pointer of the thread that was interrupted or has faulted. */
rt_inline rt_ubase_t rttm_trap_sp(const rt_ubase_t *frame)
{
#ifdef RTTM_PORT_OF_VIRT64
    return frame[RTTM_TRAP_SP];
#else
    return (rt_ubase_t)(frame + RTTM_TRAP_WORDS);
#endif
}

#ifdef RTTM_PORT_OF_VIRT64
/* Of the port: where traps begin. Behind it, in the same file, is rt_hw_interrupt_enable. */
void trap_entry(void);

/* Whether trap_entry has made the call that returns to `address`. */
rt_inline rt_bool_t rttm_is_in_trap_entry(rt_ubase_t address)
{
    return address - (rt_ubase_t)trap_entry < (rt_ubase_t)rt_hw_interrupt_enable - (rt_ubase_t)trap_entry;
}
#endif

#endif /* RTTM_TRAP_RISCV_H */
