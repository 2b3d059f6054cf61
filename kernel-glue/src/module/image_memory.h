/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of images: the heap that RTT_MOD_MEMHEAP names, or the kernel's. */
#ifndef RTTM_IMAGE_MEMORY_H
#define RTTM_IMAGE_MEMORY_H

#include <rtthread.h>

#if defined(RTT_MOD_MEMHEAP) && defined(RT_USING_MEMHEAP)

/* RT_NULL without memory in either heap. */
void *rttm_image_allocate(rt_uint32_t bytes);

/* `image` may be RT_NULL. */
void rttm_image_free(void *image);

#else

rt_inline void *rttm_image_allocate(rt_uint32_t bytes)
{
    return rt_malloc(bytes);
}

rt_inline void rttm_image_free(void *image)
{
    rt_free(image);
}

#endif

#endif /* RTTM_IMAGE_MEMORY_H */
