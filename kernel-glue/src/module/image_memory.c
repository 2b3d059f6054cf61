/* SPDX-License-Identifier: Apache-2.0 */
/* Takes images from memheaps, which the firmware has made in other RAMs. */
#include "image_memory.h"

#ifdef RTTM_HAS_MEMHEAPS

#include <rtm.h>

#include "../port/compat.h"
#include "rtt_mod.h"

/* Looked up each time, since the firmware may make it after this is linked and before the first module: RT_NULL until then. */
static struct rt_memheap *find(const char *name)
{
    return (struct rt_memheap *)rt_object_find(name, RT_Object_Class_MemHeap);
}

#ifdef RTT_MOD_MEMHEAP

static void *allocate_anywhere(rt_uint32_t bytes, struct rt_memheap **heap)
{
    void *image = RT_NULL;

    *heap = find(RTT_MOD_MEMHEAP);
    if (*heap != RT_NULL)
        image = rt_memheap_alloc(*heap, bytes);
    if (image != RT_NULL)
        return image;
    *heap = RT_NULL;
    return rt_malloc(bytes);
}

#else

static void *allocate_anywhere(rt_uint32_t bytes, struct rt_memheap **heap)
{
    (void)heap;
    return rt_malloc(bytes);
}

#endif

void *rttm_image_allocate(rt_uint32_t bytes, struct rt_memheap **heap)
{
    return *heap != RT_NULL ? rt_memheap_alloc(*heap, bytes) : allocate_anywhere(bytes, heap);
}

#ifdef RTT_MOD_USING_MEMHEAP

rt_bool_t rttm_memheap_find(const char *name, struct rt_memheap **heap)
{
    struct rt_memheap *found = find(name);

    *heap = found != RT_NULL && !rttm_memheap_is_kernels(found) ? found : RT_NULL;
    return found != RT_NULL;
}

void rttm_memheap(void)
{
}
RTM_EXPORT(rttm_memheap)

#endif /* RTT_MOD_USING_MEMHEAP */

#endif /* RTTM_HAS_MEMHEAPS */
