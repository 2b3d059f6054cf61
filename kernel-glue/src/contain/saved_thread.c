/* SPDX-License-Identifier: Apache-2.0 */
/* Reads and changes what the ports save of a thread that does not run. */
#include "return_address.h"

#if defined(RTTM_PORT_OF_VIRT64)

/* What a switch saves, in words; later versions have the number in a header. One of them is the address that it returns to. */
#if defined(__has_include)
#if __has_include(<stackframe.h>)
#include <stackframe.h>
#endif
#endif
#ifndef RT_HW_SWITCH_CONTEXT_SIZE
#define RT_HW_SWITCH_CONTEXT_SIZE 15
#endif
#define SWITCH_RA 13

/* After an interrupt, the frame of the trap is above. */
rt_ubase_t rttm_saved_pc(rt_thread_t thread)
{
    const rt_ubase_t *saved = (const rt_ubase_t *)thread->sp;

    if (rttm_is_in_trap_entry(saved[SWITCH_RA]))
        return saved[RT_HW_SWITCH_CONTEXT_SIZE + RTTM_TRAP_PC];
    return saved[SWITCH_RA];
}

#elif defined(__riscv)

rt_ubase_t rttm_saved_pc(rt_thread_t thread)
{
    return ((const rt_ubase_t *)thread->sp)[RTTM_TRAP_PC];
}

#else

#if defined(__ARM_FP)
#define FLOATING_POINT_WORDS 16 /* s16 to s31 */
#else
#define FLOATING_POINT_WORDS 0
#endif

/* How many words lie between the stack pointer, which is at `saved`, and the program counter. 0: it is not known. */
static rt_uint32_t words_before_pc(const rt_ubase_t *saved)
{
#if defined(__ARM_ARCH_8M_BASE__)
    (void)saved;
    return 0;
#elif defined(__ARM_ARCH_8M_MAIN__)
    /* The TrustZone context, EXC_RETURN, the limit, CONTROL, r4 to r11; then r0 to r3, r12 and lr. */
    return 4 + 8 + (saved[1] & 0x10 ? 0 : FLOATING_POINT_WORDS) + 6;
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && defined(__ARM_FP)
    /* Whether there are floating-point registers, r4 to r11; then r0 to r3, r12 and lr. */
    return 1 + 8 + (saved[0] != 0 ? FLOATING_POINT_WORDS : 0) + 6;
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
    (void)saved;
    return 8 + 6;
#elif defined(__ARM_ARCH_PROFILE) && defined(RT_USING_FPU)
    /* FPEXC; FPSCR and d0 to d31, if the thread has used them; CPSR, r0 to r12 and lr. */
    return 1 + (saved[0] & (1u << 30) ? 65 : 0) + 15;
#else
    (void)saved;
    return 15;
#endif
}

rt_ubase_t rttm_saved_pc(rt_thread_t thread)
{
    const rt_ubase_t *saved = (const rt_ubase_t *)thread->sp;
    rt_uint32_t       words = words_before_pc(saved);

    return words != 0 ? saved[words] : 0;
}

#endif

/* As many words are searched at once, in 7 instructions each. The next search, in another tick, takes the next. */
#define WORDS_AT_ONCE 160

void rttm_return_to(rt_thread_t thread, rt_ubase_t image, rt_size_t bytes, void (*place)(void))
{
    rt_ubase_t *start = (rt_ubase_t *)thread->sp;
    rt_ubase_t *end = (rt_ubase_t *)((rt_ubase_t)thread->stack_addr + thread->stack_size);
    rt_ubase_t *word = start + rt_tick_get() % ((rt_size_t)(end - start) / WORDS_AT_ONCE + 1) * WORDS_AT_ONCE;

    if (end > word + WORDS_AT_ONCE)
        end = word + WORDS_AT_ONCE;
    for (; word < end; word++)
    {
        if (*word - image < bytes && rttm_is_return_address(*word, image, bytes))
            *word = (rt_ubase_t)place;
    }
}
