/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Assertions of the kernel's. One that fails in a call by a module ends the module, as a fault does. The kernel's own handler
 * would say nothing and stop the thread, for which the others then wait for ever.
 */
#include <rtthread.h>

#include "../port/groups.h"
#include "contained.h"
#include "fault.h"

#ifdef RTT_MOD_USING_FAULTS

/* What the firmware has set for assertions that stop it. */
extern void (*rt_assert_hook)(const char *expression, const char *function, rt_size_t line) __attribute__((weak));

/* As the kernel stops without modules; other threads go on. */
static void stop(void)
{
    for (;;)
    {
        if (rt_interrupt_get_nest() == 0)
            rt_thread_delay(RT_TICK_PER_SECOND);
    }
}

__attribute__((noinline)) static void end_asserting_module(const char *expression, const char *function, rt_size_t line,
                                                           rt_ubase_t caller)
{
    struct rttm_fault fault = {.cause = expression, .function = function, .line = (rt_uint32_t)line};

    fault.has_registers = RT_TRUE;
    fault.registers[RTTM_FAULT_SP] = (rt_ubase_t)__builtin_frame_address(0);
    fault.registers[RTTM_FAULT_PC] = caller;
    rttm_fault_raise(&fault);
}

void __wrap_rt_assert_handler(const char *expression, const char *function, rt_size_t line)
{
    struct rttm_contained module;
    rt_bool_t             is_of_module = rttm_contained_here(&module);

    if (is_of_module)
        end_asserting_module(expression, function, line, (rt_ubase_t)__builtin_return_address(0));
    if (rt_assert_hook != RT_NULL || (!is_of_module && rt_interrupt_get_nest() == 0))
    {
        __real_rt_assert_handler(expression, function, line);
        return;
    }
    /* In an interrupt, or in a call that can't be broken off: the kernel would end the module of whatever thread runs. */
    rt_kprintf(RTTM_ASSERTION_FORMAT, expression, function, (int)line);
    stop();
}

#endif
