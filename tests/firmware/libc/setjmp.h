/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The C library's jumps out of functions, for RISC-V without floating point. RT-Thread's own C library has none.
 */
#ifndef SETJMP_H
#define SETJMP_H

/* The return address, the stack pointer, and the registers that a function keeps: s0 to s11. */
typedef unsigned long jmp_buf[14];

int  setjmp(jmp_buf place) __attribute__((returns_twice));
void longjmp(jmp_buf place, int value) __attribute__((noreturn));

#endif /* SETJMP_H */
