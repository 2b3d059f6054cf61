/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A module's heap and age. They lie in fields of struct rt_dlmodule that nobody reads once it is loaded, and so cost no
 * memory.
 *
 * Its heap is what it has through the module ABI: blocks, handles with their kernel objects, its threads with their stacks;
 * of each, the bytes that were asked for. The image stands by itself. Not known is what drivers, the file system and code
 * in C allocate.
 */
#ifndef RTTM_FIGURES_H
#define RTTM_FIGURES_H

#include "../port/groups.h"
#include "kernel_module.h"

struct rttm_figures
{
    rt_uint32_t heap_bytes;
    rt_uint32_t heap_peak_bytes;
    rt_uint32_t seconds; /* since it was loaded */
};

#ifdef RTT_MOD_USING_COMMAND

/* `module`, which may be RT_NULL, has so many bytes of the heap more, or less. In a critical section. */
void rttm_figures_take(struct rt_dlmodule *module, rt_uint32_t bytes);
void rttm_figures_give(struct rt_dlmodule *module, rt_uint32_t bytes);

/* A thread with such a stack is `module`'s, or no longer. */
void rttm_figures_take_thread(struct rt_dlmodule *module, rt_uint32_t stack_bytes);
void rttm_figures_give_thread(struct rt_dlmodule *module, rt_uint32_t stack_bytes);

/* `module` is loaded, and has its main thread if it is a program. */
void rttm_figures_begin(struct rt_dlmodule *module);

/* In a critical section. */
struct rttm_figures rttm_figures_of(const struct rt_dlmodule *module);

#else /* nobody asks */

rt_inline void rttm_figures_take(struct rt_dlmodule *module, rt_uint32_t bytes)
{
    (void)module;
    (void)bytes;
}

rt_inline void rttm_figures_give(struct rt_dlmodule *module, rt_uint32_t bytes)
{
    (void)module;
    (void)bytes;
}

rt_inline void rttm_figures_take_thread(struct rt_dlmodule *module, rt_uint32_t stack_bytes)
{
    (void)module;
    (void)stack_bytes;
}

rt_inline void rttm_figures_give_thread(struct rt_dlmodule *module, rt_uint32_t stack_bytes)
{
    (void)module;
    (void)stack_bytes;
}

rt_inline void rttm_figures_begin(struct rt_dlmodule *module)
{
    (void)module;
}

#endif /* RTT_MOD_USING_COMMAND */

#endif /* RTTM_FIGURES_H */
