/* SPDX-License-Identifier: Apache-2.0 */
/* Memory pools: blocks of one size, which are taken and given back in constant time. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_POOL

#include <rtthread.h>
#include <rtm.h>

#include "../module/resource.h"
#include "../module/upcall.h"
#include "../module/wait.h"
#include "../port/clock.h"
#include "../port/kernel_object.h"
#include "result.h"

#define BLOCKS_MAX      65535u
#define BLOCK_BYTES_MAX 65528u

struct rttm_pool
{
    struct rttm_resource resource;
    struct rt_mempool    kernel;
    rt_ubase_t           blocks[];
};

static void pool_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rt_mp_detach(&((struct rttm_pool *)resource)->kernel);
    rttm_resource_free(resource);
}

static const struct rttm_class pool_class = {.release = pool_release};

int32_t rttm_pool_new(uint32_t bytes, uint32_t capacity, struct rttm_pool **pool)
{
    struct rttm_pool *made;
    rt_size_t         all;

    if (bytes == 0 || bytes > BLOCK_BYTES_MAX || capacity == 0 || capacity > BLOCKS_MAX)
        return RTTM_ERROR_INVALID;
    /* The kernel rounds up, and has a pointer in front of each block. */
    all = (bytes + RT_ALIGN_SIZE - 1u) / RT_ALIGN_SIZE * RT_ALIGN_SIZE + sizeof(rt_uint8_t *);
    if (all > (rt_size_t)INT32_MAX / capacity)
        return RTTM_ERROR_OUT_OF_MEMORY;
    all *= capacity;
    made = rttm_resource_new(&pool_class, sizeof *made + all);
    if (made == RT_NULL)
        return rttm_resource_error();
    rt_mp_init(&made->kernel, rttm_current_name(), made->blocks, all, bytes);
    rttm_object_make_kernels(&made->kernel.parent);
    rttm_resource_enroll(&made->resource);
    *pool = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_pool_new)

static int32_t pool_wait(struct rttm_pool *pool, uint32_t milliseconds, void **block)
{
    int32_t result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    *block = rt_mp_alloc(&pool->kernel, rttm_ticks(milliseconds));
    rttm_wait_end();
    return *block != RT_NULL ? RTTM_OK : RTTM_ERROR_TIMED_OUT;
}

int32_t rttm_pool_allocate(struct rttm_pool *pool, uint32_t milliseconds, void **block)
{
    *block = rt_mp_alloc(&pool->kernel, 0);
    if (*block != RT_NULL)
        return RTTM_OK;
    return milliseconds == 0 ? RTTM_ERROR_EMPTY : pool_wait(pool, milliseconds, block);
}
RTM_EXPORT(rttm_pool_allocate)

void rttm_pool_free(void *block)
{
    rt_mp_free(block);
}
RTM_EXPORT(rttm_pool_free)

int32_t rttm_pool_count(const struct rttm_pool *pool)
{
    return (int32_t)pool->kernel.block_free_count;
}
RTM_EXPORT(rttm_pool_count)

#endif /* RTT_MOD_USING_POOL */
