/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of the kernel's heap for modules, and its figures. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_KERNEL_HEAP

#include <rtthread.h>
#include <rtm.h>

#include "../module/heap_blocks.h"
#include "../module/record.h"
#include "../module/upcall.h"
#include "../module/wait.h"
#include "../port/compat.h"
#include "rtt_mod.h"

void *rttm_heap_allocate(uint32_t bytes, uint32_t alignment)
{
    if (!rttm_may_allocate() || bytes > INT32_MAX / 2 || alignment > INT32_MAX / 2)
        return RT_NULL;
    return rttm_block_allocate(bytes, alignment);
}
RTM_EXPORT(rttm_heap_allocate)

void rttm_heap_free(void *place)
{
    /* Interrupts can't use the kernel's heap, so there the block stays until the module ends. */
    if (place != RT_NULL && rt_interrupt_get_nest() == 0)
        rttm_block_free(place);
}
RTM_EXPORT(rttm_heap_free)

int32_t rttm_heap_figures(struct rttm_heap_figures *figures)
{
    const struct rttm_module *module = rttm_current_module();
    rt_uint32_t               total, used, peak;

    if (!rttm_heap_info(&total, &used, &peak))
        return RTTM_ERROR_UNSUPPORTED;
    figures->total = total;
    figures->used = used;
    figures->peak = peak;
    figures->module = module != RT_NULL ? module->block_bytes : 0;
    return RTTM_OK;
}
RTM_EXPORT(rttm_heap_figures)

#endif /* RTT_MOD_USING_KERNEL_HEAP */
