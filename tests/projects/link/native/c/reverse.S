/* SPDX-License-Identifier: Apache-2.0 */
    .syntax unified
    .thumb
    .section .text.reverse_bits, "ax", %progbits
    .global reverse_bits
    .type reverse_bits, %function
reverse_bits:
    rbit r0, r0
    bx lr
    .size reverse_bits, . - reverse_bits
