/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Aligns stacks on RISC-V to 16 bytes, as its calling convention demands and compilers assume. RT-Thread's ports align them
 * to RT_ALIGN_SIZE, which is usually 4 or 8. `rt_hw_stack_init` is linked with `-Wl,--wrap=rt_hw_stack_init`.
 */
#include <rtthread.h>
#include <rthw.h>

#ifdef __riscv

#define STACK_ALIGN 16u

/* The bytes between the address that the kernel passes and the end of the stack. */
#define SPARE sizeof(rt_ubase_t)

rt_uint8_t *__wrap_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit);
rt_uint8_t *__real_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit);

rt_uint8_t *__wrap_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit)
{
    rt_ubase_t end = RT_ALIGN_DOWN((rt_ubase_t)stack + SPARE, STACK_ALIGN);

    return __real_rt_hw_stack_init(entry, parameter, (rt_uint8_t *)(end - SPARE), exit);
}

#endif
