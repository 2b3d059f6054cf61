/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * microbit: the switch of threads. RT-Thread's PendSV_Handler for a Cortex-M0 returns by 0xFFFFFFFC. The processor takes that
 * for 0xFFFFFFFD, and QEMU for a fault, so that this one, which is the same otherwise, is linked in its place.
 */
#include <rtthread.h>

void __wrap_PendSV_Handler(void);

/* From RT-Thread's context_gcc.S: r8 to r11 are saved above r4 to r7. */
__attribute__((naked)) void __wrap_PendSV_Handler(void)
{
    __asm volatile(".syntax unified                              \n"
                   "mrs   r2, primask                            \n"
                   "cpsid i                                      \n"
                   "ldr   r0, =rt_thread_switch_interrupt_flag   \n"
                   "ldr   r1, [r0]                               \n"
                   "cmp   r1, #0                                 \n"
                   "beq   2f                                     \n"
                   "movs  r1, #0                                 \n"
                   "str   r1, [r0]                               \n"
                   "ldr   r0, =rt_interrupt_from_thread          \n"
                   "ldr   r1, [r0]                               \n"
                   "cmp   r1, #0                                 \n" /* there is none at the first time */
                   "beq   1f                                     \n"
                   "ldr   r0, [r0]                               \n"
                   "mrs   r1, psp                                \n"
                   "subs  r1, #32                                \n"
                   "str   r1, [r0]                               \n"
                   "stmia r1!, {r4-r7}                           \n"
                   "mov   r4, r8                                 \n"
                   "mov   r5, r9                                 \n"
                   "mov   r6, r10                                \n"
                   "mov   r7, r11                                \n"
                   "stmia r1!, {r4-r7}                           \n"
                   "1:                                           \n"
                   "ldr   r1, =rt_interrupt_to_thread            \n"
                   "ldr   r1, [r1]                               \n"
                   "ldr   r1, [r1]                               \n"
                   "adds  r1, #16                                \n"
                   "ldmia r1!, {r4-r7}                           \n"
                   "mov   r8, r4                                 \n"
                   "mov   r9, r5                                 \n"
                   "mov   r10, r6                                \n"
                   "mov   r11, r7                                \n"
                   "msr   psp, r1                                \n"
                   "subs  r1, #32                                \n"
                   "ldmia r1!, {r4-r7}                           \n"
                   "2:                                           \n"
                   "msr   primask, r2                            \n"
                   "ldr   r0, =0xFFFFFFFD                        \n"
                   "bx    r0                                     \n"
                   ".ltorg                                       \n");
}
