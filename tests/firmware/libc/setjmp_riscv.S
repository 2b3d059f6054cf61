/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * See setjmp.h.
 */

#if __riscv_xlen == 32
#define WORD  4
#define LOAD  lw
#define STORE sw
#else
#define WORD  8
#define LOAD  ld
#define STORE sd
#endif

/* Does it to each register of a jmp_buf whose address is in a0. */
.macro for_each_kept operation
    \operation ra, 0(a0)
    \operation sp, 1 * WORD(a0)
    \operation s0, 2 * WORD(a0)
    \operation s1, 3 * WORD(a0)
    \operation s2, 4 * WORD(a0)
    \operation s3, 5 * WORD(a0)
    \operation s4, 6 * WORD(a0)
    \operation s5, 7 * WORD(a0)
    \operation s6, 8 * WORD(a0)
    \operation s7, 9 * WORD(a0)
    \operation s8, 10 * WORD(a0)
    \operation s9, 11 * WORD(a0)
    \operation s10, 12 * WORD(a0)
    \operation s11, 13 * WORD(a0)
.endm

    .section .text.setjmp, "ax"
    .globl setjmp
    .type setjmp, @function
setjmp:
    for_each_kept STORE
    li   a0, 0
    ret

    .section .text.longjmp, "ax"
    .globl longjmp
    .type longjmp, @function
longjmp:
    for_each_kept LOAD
    seqz a0, a1 /* 1 in place of 0 */
    add  a0, a0, a1
    ret
