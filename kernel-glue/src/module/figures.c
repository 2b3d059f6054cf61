/* SPDX-License-Identifier: Apache-2.0 */
/*
 * In `vstart_addr`, which only relocation reads: the heap. In `ret_code`, until the module ends: the heap's peak. In
 * `stack_size`, when the main thread is made: when that was.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "../port/clock.h"
#include "end.h"
#include "figures.h"

static rt_uint32_t heap_of(const struct rt_dlmodule *module)
{
    return module->vstart_addr;
}

void rttm_figures_take(struct rt_dlmodule *module, rt_uint32_t bytes)
{
    if (module == RT_NULL)
        return;
    module->vstart_addr += bytes;
    if (!rttm_is_ending(module) && heap_of(module) > (rt_uint32_t)module->ret_code)
        module->ret_code = (int)heap_of(module);
}

void rttm_figures_give(struct rt_dlmodule *module, rt_uint32_t bytes)
{
    if (module != RT_NULL)
        module->vstart_addr -= bytes;
}

void rttm_figures_take_thread(struct rt_dlmodule *module, rt_uint32_t stack_bytes)
{
    rt_enter_critical();
    rttm_figures_take(module, sizeof(struct rt_thread) + stack_bytes);
    rt_exit_critical();
}

void rttm_figures_give_thread(struct rt_dlmodule *module, rt_uint32_t stack_bytes)
{
    rt_enter_critical();
    rttm_figures_give(module, sizeof(struct rt_thread) + stack_bytes);
    rt_exit_critical();
}

void rttm_figures_begin(struct rt_dlmodule *module)
{
    module->ret_code = (int)heap_of(module);
    module->stack_size = rttm_seconds();
}

struct rttm_figures rttm_figures_of(const struct rt_dlmodule *module)
{
    struct rttm_figures figures = {
        .heap_bytes = heap_of(module),
        .heap_peak_bytes = rttm_is_ending(module) ? heap_of(module) : (rt_uint32_t)module->ret_code,
        .seconds = rttm_seconds() - module->stack_size,
    };

    return figures;
}

#endif /* RTT_MOD_USING_COMMAND */
