/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks that rttm_heap_allocate has given. */
#ifndef RTTM_HEAP_BLOCK_H
#define RTTM_HEAP_BLOCK_H

#include <rtthread.h>

/* Whether `place`, which is not RT_NULL, is such a block, and not one of the kernel's own. */
rt_bool_t rttm_is_heap_block(const void *place);

/* Its bytes, as they were asked for. */
rt_size_t rttm_heap_block_bytes(const void *place);

#endif /* RTTM_HEAP_BLOCK_H */
