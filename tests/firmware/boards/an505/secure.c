/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * RT-Thread's port of Cortex-M33 is for a kernel in non-secure state, and gives each thread a first frame from which the
 * processor returns to that state. This kernel stays in secure state: the frame is mended when the linker's
 * `--wrap=rt_hw_stack_init` brings it here.
 */
#include <rtthread.h>
#include <rthw.h>

/* What the port stores before a thread's registers. */
struct frame
{
    rt_uint32_t secure_context;
    rt_uint32_t exception_return;
};

/* To a thread in secure state, on its own stack, without floating-point registers. */
#define RETURN_TO_SECURE_THREAD 0xFFFFFFFDu

/* The port looks here for a thread's part in secure state: there is none. SCons links the port's own definitions. */
__attribute__((weak)) rt_ubase_t rt_trustzone_current_context;

void rt_trustzone_context_store(rt_ubase_t context);
void rt_trustzone_context_load(rt_ubase_t context);

__attribute__((weak)) void rt_trustzone_context_store(rt_ubase_t context)
{
    (void)context;
}

__attribute__((weak)) void rt_trustzone_context_load(rt_ubase_t context)
{
    (void)context;
}

rt_uint8_t *__real_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit);
rt_uint8_t *__wrap_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit);

rt_uint8_t *__wrap_rt_hw_stack_init(void *entry, void *parameter, rt_uint8_t *stack, void *exit)
{
    rt_uint8_t *top = __real_rt_hw_stack_init(entry, parameter, stack, exit);

    ((struct frame *)top)->exception_return = RETURN_TO_SECURE_THREAD;
    return top;
}
