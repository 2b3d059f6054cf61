/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RISC-V's calling convention keeps stacks aligned to 16 bytes, and compilers rely on that. RT-Thread's ports begin a
 * thread's stack where RT_ALIGN_SIZE puts its end, which is 4 or 8 as a rule: `-Wl,--wrap=rt_hw_stack_init` brings it here.
 */
#include <rtthread.h>
#include <rthw.h>

#ifdef __riscv

#define STACK_ALIGN 16u

/* What the kernel leaves free between the address that it passes and the end of the stack. */
#define SPARE sizeof(rt_ubase_t)

rt_uint8_t *__wrap_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit);
rt_uint8_t *__real_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit);

rt_uint8_t *__wrap_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit)
{
    rt_ubase_t end = RT_ALIGN_DOWN((rt_ubase_t)stack + SPARE, STACK_ALIGN);

    return __real_rt_hw_stack_init(entry, parameter, (rt_uint8_t *)(end - SPARE), exit);
}

#endif
