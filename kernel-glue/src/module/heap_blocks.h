/* SPDX-License-Identifier: Apache-2.0 */
/* The blocks of the kernel's heap that modules have allocated. Each is in a list of its module's until it is freed. */
#ifndef RTTM_HEAP_BLOCKS_H
#define RTTM_HEAP_BLOCKS_H

#include <rtthread.h>

#include "../port/groups.h"

struct rttm_module;

#ifdef RTT_MOD_USING_KERNEL_HEAP

/* A block of the calling module's, at a multiple of `alignment`, a power of two; or RT_NULL without memory. In a thread. */
void *rttm_block_allocate(rt_size_t bytes, rt_size_t alignment);

/* Frees a block. Where nothing may wait, the worker does it later. Not in an interrupt. */
void rttm_block_free(void *place);

/* Whether `place`, which is not RT_NULL, is a block of a module's, and not one of the kernel's own. */
rt_bool_t rttm_is_heap_block(const void *place);

/* The bytes of a block, as they were asked for. */
rt_size_t rttm_heap_block_bytes(const void *place);

/* Whether `place` is in a block of `module`. In a critical section. */
rt_bool_t rttm_blocks_contain(const struct rttm_module *module, const void *place);

/* Frees all blocks of `module`, whose threads are gone. */
void rttm_blocks_free_all(struct rttm_module *module);

#else

rt_inline rt_bool_t rttm_blocks_contain(const struct rttm_module *module, const void *place)
{
    (void)module;
    (void)place;
    return RT_FALSE;
}

rt_inline void rttm_blocks_free_all(struct rttm_module *module)
{
    (void)module;
}

#endif

#endif /* RTTM_HEAP_BLOCKS_H */
