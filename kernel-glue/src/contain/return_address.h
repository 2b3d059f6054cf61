/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where a thread goes on and what it returns to, as its stack tells: there are no tables for unwinding. So a thread comes out
 * of a call of the kernel's that the glue knows nothing of: one that C code makes itself. It must not be stopped in there,
 * since it may have a lock of the heap's or the file system's.
 */
#ifndef RTTM_RETURN_ADDRESS_H
#define RTTM_RETURN_ADDRESS_H

#include <rtthread.h>

#ifdef __riscv
#include "trap_riscv.h"
#endif

/* Whether `word` is an address behind a call in the image of `bytes` bytes at `image`, as far as the code tells. */
rt_bool_t rttm_is_return_address(rt_ubase_t word, rt_ubase_t image, rt_size_t bytes);

/* Where `thread`, which does not run, goes on when it runs next. 0: this port does not tell. */
rt_ubase_t rttm_saved_pc(rt_thread_t thread);

/*
 * Lets `thread`, which does not run, return to `place` wherever it would return into the code at `image`. The `bytes` must not
 * reach as far as the module's buffers, or the address of one that has code in it is taken for that of a return. Searches a
 * part of its stack, and another part in another tick: to be repeated until the thread has returned.
 */
void rttm_return_to(rt_thread_t thread, rt_ubase_t image, rt_size_t bytes, void (*place)(void));

/* At such a place: enables interrupts, which the call may have disabled. */
rt_inline void rttm_enable_interrupts(void)
{
#if defined(__ARM_ARCH_PROFILE)
    __asm volatile("cpsie i");
#elif defined(__riscv)
    __asm volatile(RTTM_ENABLE_INTERRUPTS);
#endif
}

#endif /* RTTM_RETURN_ADDRESS_H */
