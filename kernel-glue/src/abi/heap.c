/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks of the kernel's heap. Each block begins with a resource of the module. Blocks are freed after all other
 * resources, because until then a device or the kernel may still use memory that the module gave to it.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_KERNEL_HEAP

#include <rtthread.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../module/upcall.h"
#include "../module/resource.h"
#include "../port/compat.h"
#include "heap_block.h"
#include "rtt_mod.h"

/* The most bytes between the kernel's block and the one in it, for a block that is told from one of the kernel's. */
#define SKIPPED_MAX 0x10000u

struct block
{
    struct rttm_resource resource;
    void                *allocated; /* where the kernel's block begins */
};

static void heap_block_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_cancel_scope scope;

    (void)cause;
    rttm_cancel_disable(&scope);
    resource->class = RT_NULL; /* it is none any more: see rttm_is_heap_block */
    rt_free(((struct block *)resource)->allocated);
    rttm_cancel_enable(&scope);
}

static const struct rttm_class heap_block_class = {.release = heap_block_release};

/* The bytes of a block besides its contents: the header, and what the alignment may skip. */
static rt_size_t heap_block_overhead(rt_size_t alignment)
{
    return sizeof(struct block) + (alignment > RT_ALIGN_SIZE ? alignment - RT_ALIGN_SIZE : 0);
}

static void *heap_block_allocate(rt_size_t bytes, rt_size_t alignment)
{
    rt_uint8_t   *allocated = rt_malloc(heap_block_overhead(alignment) + bytes);
    struct block *block;
    rt_ubase_t    place;

    if (allocated == RT_NULL)
        return RT_NULL;
    place = ((rt_ubase_t)allocated + sizeof *block + alignment - 1) & ~((rt_ubase_t)alignment - 1);
    block = (struct block *)place - 1;
    rttm_resource_begin(&block->resource, &heap_block_class, sizeof *block + bytes);
    block->allocated = allocated;
    rttm_resource_enroll_last(&block->resource);
    return (void *)place;
}

void *rttm_heap_allocate(uint32_t bytes, uint32_t alignment)
{
    struct rttm_cancel_scope scope;
    void                    *place;

    if (alignment < sizeof(void *))
        alignment = sizeof(void *);
    if (rt_interrupt_get_nest() != 0 || bytes > INT32_MAX / 2 || alignment > INT32_MAX / 2)
        return RT_NULL;
    rttm_cancel_disable(&scope);
    place = heap_block_allocate(bytes, alignment);
    rttm_cancel_enable(&scope);
    return place;
}
RTM_EXPORT(rttm_heap_allocate)

void rttm_heap_free(void *place)
{
    /* Interrupts can't use the kernel's heap, so there the block stays until the module ends. */
    if (place != RT_NULL && rt_interrupt_get_nest() == 0)
        rttm_close((struct block *)place - 1);
}
RTM_EXPORT(rttm_heap_free)

/*
 * Before a block of the kernel's there may be anything: what a block of the ABI's had there, too. But its last word is of the
 * kernel's header, and no pointer to what lies just before.
 */
rt_bool_t rttm_is_heap_block(const void *place)
{
    const struct block *block = (const struct block *)place - 1;
    rt_ubase_t          skipped = (rt_ubase_t)block - (rt_ubase_t)block->allocated;

    return block->resource.class == &heap_block_class && skipped < SKIPPED_MAX;
}

rt_size_t rttm_heap_block_bytes(const void *place)
{
    return ((const struct block *)place - 1)->resource.bytes - sizeof(struct block);
}

/* ---- statistics ------------------------------------------------------------------------------------------------ */

static rt_bool_t heap_add_block(const struct rttm_resource *resource, const void *context)
{
    uint32_t *bytes = *(uint32_t *const *)context;

    *bytes += resource->bytes - (rt_uint32_t)sizeof(struct block);
    return RT_FALSE;
}

int32_t rttm_heap_figures(struct rttm_heap_figures *figures)
{
    uint32_t   *bytes = &figures->module;
    rt_uint32_t total, used, peak;

    if (!rttm_heap_info(&total, &used, &peak))
        return RTTM_ERROR_UNSUPPORTED;
    figures->total = total;
    figures->used = used;
    figures->peak = peak;
    figures->module = 0;
    rttm_resource_find_of(rttm_current_module(), &heap_block_class, heap_add_block, &bytes);
    return RTTM_OK;
}
RTM_EXPORT(rttm_heap_figures)

#endif /* RTT_MOD_USING_KERNEL_HEAP */
