/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt: from reset to RT-Thread. The one core that is used starts at the first address of the RAM.
 */
#include <rtthread.h>

/* From RT-Thread's interrupt_gcc.S and components.c. */
void trap_entry(void);
int  entry(void);

/* From the linker script. */
extern rt_uint64_t __bss_start[], __bss_end[];

void start(void);

__attribute__((used)) static void start_kernel(void)
{
    for (rt_uint64_t *to = __bss_start; to < __bss_end; to++)
        *to = 0;
    entry();
}

__attribute__((naked, section(".start"), used)) void start(void)
{
    __asm volatile("csrw mie, zero                \n"
                   "la   t0, trap_entry           \n"
                   "csrw mtvec, t0                \n"
                   ".option push                  \n"
                   ".option norelax               \n"
                   "la   gp, __global_pointer$    \n"
                   ".option pop                   \n"
                   "la   sp, __stack_end          \n"
                   "j    start_kernel             \n");
}
