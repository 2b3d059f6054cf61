/* SPDX-License-Identifier: Apache-2.0 */
/* The memory of images: the memheap that the module names, the one that RTT_MOD_MEMHEAP names, or the kernel's heap. */
#ifndef RTTM_IMAGE_MEMORY_H
#define RTTM_IMAGE_MEMORY_H

#include <rtthread.h>

#include "../port/groups.h"

#ifdef RTTM_HAS_MEMHEAPS

/*
 * RT_NULL without memory. If `*heap` is a memheap, the image is there or nowhere. If it is RT_NULL, it becomes the memheap
 * that the image is in, and stays RT_NULL for the kernel's heap.
 */
void *rttm_image_allocate(rt_uint32_t bytes, struct rt_memheap **heap);

/* `image` may be RT_NULL. `heap` is what `rttm_image_allocate` has left there. */
rt_inline void rttm_image_free(void *image, const struct rt_memheap *heap)
{
    if (heap != RT_NULL)
        rt_memheap_free(image);
    else
        rt_free(image);
}

#else

/* Macros, since there is no field for a memheap. */
#define rttm_image_allocate(bytes, heap) rt_malloc(bytes)
#define rttm_image_free(image, heap)     rt_free(image)

#endif /* RTTM_HAS_MEMHEAPS */

#ifdef RTT_MOD_USING_MEMHEAP

/* Finds the memheap `name`; it is RT_NULL if that is the kernel's heap. RT_FALSE if there is none. */
rt_bool_t rttm_memheap_find(const char *name, struct rt_memheap **heap);

#endif

#endif /* RTTM_IMAGE_MEMORY_H */
