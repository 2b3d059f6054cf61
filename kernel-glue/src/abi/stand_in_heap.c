/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel's heap for modules in C: what they take by rt_malloc and the like is a block as rttm_heap_allocate gives it.
 *
 * The firmware may free a block of a module's, and a module one of the firmware's. So all calls of `rt_free` from other
 * files, linked with `-Wl,--wrap=rt_free`, come here and tell the two apart.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_C_MODULES

#include <rtthread.h>

#include "../module/heap_blocks.h"
#include "../module/stand_in.h"
#include "rtt_mod.h"

void __wrap_rt_free(void *place);
void __real_rt_free(void *place);

void __wrap_rt_free(void *place)
{
    if (place != RT_NULL && rttm_is_heap_block(place))
        rttm_heap_free(place);
    else
        __real_rt_free(place);
}

static void *own_align(rt_size_t bytes, rt_size_t alignment)
{
    return bytes == 0 || bytes > UINT32_MAX ? RT_NULL : rttm_heap_allocate((uint32_t)bytes, (uint32_t)alignment);
}

static void *own_malloc(rt_size_t bytes)
{
    return own_align(bytes, RT_ALIGN_SIZE);
}

static void *own_calloc(rt_size_t count, rt_size_t bytes)
{
    void *place = bytes != 0 && count > (rt_size_t)-1 / bytes ? RT_NULL : own_malloc(count * bytes);

    return place != RT_NULL ? rt_memset(place, 0, count * bytes) : RT_NULL;
}

static void *own_realloc(void *place, rt_size_t bytes)
{
    rt_size_t before;
    void     *moved;

    if (place != RT_NULL && !rttm_is_heap_block(place))
        return rt_realloc(place, bytes);
    moved = own_malloc(bytes);
    if (place == RT_NULL || (moved == RT_NULL && bytes != 0))
        return moved;
    before = rttm_heap_block_bytes(place);
    if (moved != RT_NULL)
        rt_memcpy(moved, place, before < bytes ? before : bytes);
    rttm_heap_free(place);
    return moved;
}

/* The kernel keeps the address of its block before one that it has aligned. */
static void own_free_align(void *place)
{
    if (place != RT_NULL && rttm_is_heap_block(place))
        rttm_heap_free(place);
    else
        rt_free_align(place);
}

static const struct rttm_stand_in functions[] = {
    RTTM_STAND_IN(rt_malloc, own_malloc),      RTTM_STAND_IN(rt_calloc, own_calloc),
    RTTM_STAND_IN(rt_realloc, own_realloc),    RTTM_STAND_IN(__real_rt_free, __wrap_rt_free),
    RTTM_STAND_IN(rt_malloc_align, own_align), RTTM_STAND_IN(rt_free_align, own_free_align),
};

static struct rttm_stand_ins stand_ins = {RT_NULL, functions, sizeof functions / sizeof *functions};

static int own_heap(void)
{
    rttm_stand_ins_add(&stand_ins);
    return 0;
}
INIT_COMPONENT_EXPORT(own_heap);

#endif /* RTT_MOD_USING_C_MODULES */
