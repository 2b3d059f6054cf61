/* SPDX-License-Identifier: Apache-2.0 */
/* Takes images from a heap of their own: from a memheap that the firmware has made in another RAM. */
#include "image_memory.h"

#if defined(RTT_MOD_MEMHEAP) && defined(RT_USING_MEMHEAP)

/* Looked up each time, since the firmware may make it after this is linked and before the first module: RT_NULL until then. */
static struct rt_memheap *heap_of_images(void)
{
    return (struct rt_memheap *)rt_object_find(RTT_MOD_MEMHEAP, RT_Object_Class_MemHeap);
}

void *rttm_image_allocate(rt_uint32_t bytes)
{
    struct rt_memheap *heap = heap_of_images();
    void              *image = heap != RT_NULL ? rt_memheap_alloc(heap, bytes) : RT_NULL;

    return image != RT_NULL ? image : rt_malloc(bytes);
}

void rttm_image_free(void *image)
{
    const struct rt_memheap *heap = heap_of_images();

    if (heap != RT_NULL && (rt_ubase_t)image - (rt_ubase_t)heap->start_addr < heap->pool_size)
        rt_memheap_free(image);
    else
        rt_free(image);
}

#endif
