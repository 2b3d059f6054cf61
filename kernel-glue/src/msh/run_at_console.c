/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the shell does while it waits for a program or for a command of a module's: it passes on what is typed, and hears
 * Ctrl-C. The first that nobody reads ends the wait, and a second one within a second the module.
 */
#include "../port/groups.h"
#include "../module/call.h"
#include "subcommands.h"
#ifdef RTTM_USING_WAIT_AT_CONSOLE

#include <rtthread.h>
#include <finsh.h>

#include "typed.h"

#ifndef FINSH_THREAD_NAME
#define FINSH_THREAD_NAME "tshell"
#endif

#define CTRL_C 0x03

/* How often the console is looked at. */
#define LOOK_TICKS (RT_TICK_PER_SECOND / 50 + 1)

/* For how long a second Ctrl-C ends the program. */
#define SECOND_CTRL_C_TICKS RT_TICK_PER_SECOND

/* A Ctrl-C that the program has not read after as many looks is for the shell. A program that reads gets it itself. */
#define LOOKS_FOR_CTRL_C 3

/* The console of a program that runs. */
struct console
{
    struct rttm_waiter *waiter;
    struct rttm_typed  *typed;
    int                 looks; /* that are left, after a Ctrl-C; 0: there was none */
};

/* Passes on what is typed. */
static void pass_keys_on(struct console *console)
{
    rt_device_t device = rt_console_get_device();
    rt_uint8_t  key;

    while (device != RT_NULL && rt_device_read(device, 0, &key, 1) == 1)
    {
        rttm_typed_put(console->typed, &key, 1);
        if (key == CTRL_C)
            console->looks = LOOKS_FOR_CTRL_C;
    }
}

/* Whether there was a Ctrl-C that nobody reads. It is forgotten then, with all that was typed. */
static rt_bool_t hears_ctrl_c(struct console *console)
{
    if (console->typed->begin == console->typed->end)
        console->looks = 0;
    if (console->looks == 0 || --console->looks > 0)
        return RT_FALSE;
    rttm_typed_clear(console->typed);
    return RT_TRUE;
}

enum event
{
    EVENT_END,
    EVENT_CTRL_C,
    EVENT_TIME_OUT,
};

/* Waits for the end of the program or for Ctrl-C, for `ticks` at most. */
static enum event await_event(struct console *console, rt_tick_t ticks)
{
    rt_tick_t begin = rt_tick_get();

    while (!rttm_waiter_wait(console->waiter, LOOK_TICKS))
    {
        pass_keys_on(console);
        if (hears_ctrl_c(console))
            return EVENT_CTRL_C;
        if (rt_tick_get() - begin >= ticks)
            return EVENT_TIME_OUT;
    }
    return EVENT_END;
}

/* RT_FALSE when what it waits for goes on. */
static rt_bool_t await_end_or_ctrl_c(struct console *console)
{
    if (await_event(console, RT_TICK_MAX) == EVENT_END)
        return RT_TRUE;
    rt_kprintf(console->waiter->call != RT_NULL ? "the command goes on; a second Ctrl-C ends its module\n"
                                                : "the program goes on; a second Ctrl-C ends it\n");
    switch (await_event(console, SECOND_CTRL_C_TICKS))
    {
    case EVENT_END:
        return RT_TRUE;
    case EVENT_TIME_OUT:
        return RT_FALSE;
    case EVENT_CTRL_C:
        break;
    }
    rttm_waiter_kill(console->waiter);
    return rttm_waiter_wait_for_ever(console->waiter);
}

static rt_bool_t is_shell(void)
{
    return rt_thread_self() == rt_thread_find(FINSH_THREAD_NAME);
}

/* Other threads have no keyboard, and a program that does not use the module ABI reads the console itself. */
static rt_bool_t is_for_console(const struct rttm_waiter *waiter)
{
    rt_bool_t uses_abi;

    rt_enter_critical(); /* the module may have ended */
    uses_abi = waiter->module != RT_NULL && waiter->module->app != RT_NULL;
    rt_exit_critical();
    return uses_abi && is_shell();
}

rt_bool_t rttm_await_at_console(struct rttm_waiter *waiter)
{
    struct rttm_typed typed = {.begin = 0};
    struct console    console = {waiter, &typed, 0};
    rt_bool_t         has_ended;

    if (!is_for_console(waiter))
        return rttm_waiter_wait_for_ever(waiter);
    rttm_typed_use(&typed);
    has_ended = await_end_or_ctrl_c(&console);
    rttm_typed_use(RT_NULL);
    return has_ended;
}

/* Whether the calling thread is the shell's and Ctrl-C was typed. Other keys are dropped. */
static rt_bool_t was_ctrl_c_typed(void)
{
    rt_device_t device = rt_console_get_device();
    rt_uint8_t  key = 0;

    if (device == RT_NULL || !is_shell() || rttm_is_serving())
        return RT_FALSE;
    while (key != CTRL_C && rt_device_read(device, 0, &key, 1) == 1)
        ;
    return key == CTRL_C;
}

static int hear_ctrl_c(void)
{
    rttm_hears_ctrl_c = was_ctrl_c_typed;
    return 0;
}
INIT_COMPONENT_EXPORT(hear_ctrl_c);

#endif /* RTTM_USING_WAIT_AT_CONSOLE */
