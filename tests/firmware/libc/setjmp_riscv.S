/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * See setjmp.h.
 */

/* Does it to each register of a jmp_buf whose address is in a0. */
.macro for_each_kept operation
    \operation ra, 0(a0)
    \operation sp, 8(a0)
    \operation s0, 16(a0)
    \operation s1, 24(a0)
    \operation s2, 32(a0)
    \operation s3, 40(a0)
    \operation s4, 48(a0)
    \operation s5, 56(a0)
    \operation s6, 64(a0)
    \operation s7, 72(a0)
    \operation s8, 80(a0)
    \operation s9, 88(a0)
    \operation s10, 96(a0)
    \operation s11, 104(a0)
.endm

    .section .text.setjmp, "ax"
    .globl setjmp
    .type setjmp, @function
setjmp:
    for_each_kept sd
    li   a0, 0
    ret

    .section .text.longjmp, "ax"
    .globl longjmp
    .type longjmp, @function
longjmp:
    for_each_kept ld
    seqz a0, a1 /* 1 in place of 0 */
    add  a0, a0, a1
    ret
