/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Blocks of the kernel's heap. A program may have very many, so a block is not a resource: it begins with four words, and its
 * list is changed with interrupts off for a few instructions.
 */
#include "heap_blocks.h"
#ifdef RTT_MOD_USING_KERNEL_HEAP

#include <rtthread.h>
#include <rthw.h>

#include "../contain/cancel.h"
#include "record.h"
#include "upcall.h"
#include "worker.h"

/* In front of the memory of a block. If that is not right behind the header, a word before the header has the address. */
struct block
{
    rt_list_t           node;
    struct rttm_module *owner; /* RT_NULL: code of the firmware */
    rt_uint32_t         bytes; /* of the memory; and IS_MOVED */
};

#define IS_MOVED 0x80000000u

/* The blocks of code that belongs to no module, and those that the worker has to free. */
static rt_list_t unowned = RT_LIST_OBJECT_INIT(unowned);
static rt_list_t freed = RT_LIST_OBJECT_INIT(freed);

static rt_list_t *blocks_of(struct rttm_module *owner)
{
    return owner != RT_NULL ? &owner->blocks : &unowned;
}

static rt_uint32_t block_bytes(const struct block *block)
{
    return block->bytes & ~IS_MOVED;
}

static void block_enroll(struct block *block)
{
    rt_base_t level = rt_hw_interrupt_disable();

    rt_list_insert_before(blocks_of(block->owner), &block->node);
    if (block->owner != RT_NULL)
        block->owner->block_bytes += block_bytes(block);
    rttm_module_charge(block->owner, (rt_uint32_t)sizeof *block + block_bytes(block));
    rt_hw_interrupt_enable(level);
}

static void block_withdraw(struct block *block)
{
    rt_base_t level = rt_hw_interrupt_disable();

    rt_list_remove(&block->node);
    if (block->owner != RT_NULL)
        block->owner->block_bytes -= block_bytes(block);
    rttm_module_credit(block->owner, (rt_uint32_t)sizeof *block + block_bytes(block));
    rt_hw_interrupt_enable(level);
}

/* The header is no block's any more: see rttm_is_heap_block. */
static void block_release(struct block *block)
{
    block->owner = RT_NULL;
    rt_free(block->bytes & IS_MOVED ? ((void **)block)[-1] : block);
}

void *rttm_block_allocate(rt_size_t bytes, rt_size_t alignment)
{
    rt_size_t                room = alignment > RT_ALIGN_SIZE ? alignment + sizeof(void *) : 0;
    struct block            *block = RT_NULL;
    struct rttm_cancel_scope scope;
    void                    *allocated;

    rttm_cancel_disable_in_thread(&scope); /* cancelled here, the thread would leak the block */
    allocated = rt_malloc(sizeof *block + room + bytes);
    if (allocated != RT_NULL)
    {
        block = allocated;
        if (room != 0)
        {
            block = (struct block *)RT_ALIGN((rt_ubase_t)(block + 1) + sizeof(void *), (rt_ubase_t)alignment) - 1;
            ((void **)block)[-1] = allocated;
        }
        block->owner = rttm_current_module();
        block->bytes = (rt_uint32_t)bytes | (room != 0 ? IS_MOVED : 0);
        block_enroll(block);
    }
    rttm_cancel_enable(&scope);
    return block != RT_NULL ? block + 1 : RT_NULL;
}

static struct block *take_first(rt_list_t *list)
{
    rt_base_t     level = rt_hw_interrupt_disable();
    struct block *block = rt_list_isempty(list) ? RT_NULL : rt_list_first_entry(list, struct block, node);

    if (block != RT_NULL)
        rt_list_remove(&block->node);
    rt_hw_interrupt_enable(level);
    return block;
}

static void free_later(struct rttm_work *unused)
{
    struct block *block;

    (void)unused;
    while ((block = take_first(&freed)) != RT_NULL)
        block_release(block);
}

static struct rttm_work freeing = {RT_NULL, free_later};

void rttm_block_free(void *place)
{
    struct block            *block = (struct block *)place - 1;
    struct rttm_cancel_scope scope;

    rttm_cancel_disable_in_thread(
        &scope); /* cancelled here, the thread would leak the block, or keep the heap's lock */
    block_withdraw(block);
    if (rttm_may_wait() == RTTM_OK)
    {
        block_release(block);
    }
    else
    {
        rt_base_t level = rt_hw_interrupt_disable();

        rt_list_insert_before(&freed, &block->node);
        rt_hw_interrupt_enable(level);
        rttm_worker_post(&freeing);
    }
    rttm_cancel_enable(&scope);
}

/*
 * Before a block of the kernel's there may be anything: what a block of a module's had there, too. But its last words are of
 * the kernel's header, and not the address of a module's record.
 */
rt_bool_t rttm_is_heap_block(const void *place)
{
    const struct block       *block = (const struct block *)place - 1;
    const struct rttm_module *module;
    rt_bool_t                 is_block = RT_FALSE;
    rt_base_t                 level = rt_hw_interrupt_disable();

    RTTM_FOR_EACH_MODULE(module)
    {
        is_block = is_block || module == block->owner;
    }
    rt_hw_interrupt_enable(level);
    return is_block;
}

rt_size_t rttm_heap_block_bytes(const void *place)
{
    return block_bytes((const struct block *)place - 1);
}

rt_bool_t rttm_blocks_contain(const struct rttm_module *module, const void *place)
{
    const struct block *block;

    rt_list_for_each_entry(block, &module->blocks, node)
    {
        if ((rt_ubase_t)place - (rt_ubase_t)(block + 1) < block_bytes(block))
            return RT_TRUE;
    }
    return RT_FALSE;
}

void rttm_blocks_free_all(struct rttm_module *module)
{
    struct block *block;

    while ((block = take_first(&module->blocks)) != RT_NULL)
    {
        rttm_module_credit(module, (rt_uint32_t)sizeof *block + block_bytes(block));
        block_release(block);
    }
}

#endif /* RTT_MOD_USING_KERNEL_HEAP */
