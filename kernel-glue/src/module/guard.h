/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of a module's functions by threads and interrupts that are not the module's: timers, device callbacks, shell
 * commands, drivers. A panic or an exit in such a call gives it up, and ends the module but not the caller.
 */
#ifndef RTTM_GUARD_H
#define RTTM_GUARD_H

#include <rtthread.h>

#include "callbacks.h"

struct rt_dlmodule;
struct rttm_shelter;

/* Whether the function that is called may wait. In interrupts it never may. */
enum rttm_patience
{
    RTTM_MAY_WAIT,
    RTTM_MAY_NOT_WAIT,
};

#ifdef RTTM_HAS_CALLBACKS

/*
 * Calls `work(argument)`, which calls a function of `module`. RT_FALSE when it was not called, since the module is about
 * to end, or was given up in the middle. From threads and interrupts; takes about 100 to 250 bytes of stack.
 */
rt_bool_t rttm_call_module(struct rt_dlmodule *module, enum rttm_patience patience, void (*work)(void *argument),
                           void *argument);

/* Whether this is the inside of a rttm_call_module. */
rt_bool_t rttm_is_guarded(void);

/* `module` is about to end: waits until none of its functions is being called by others, and wakes those that wait. */
void rttm_guard_drain(const struct rt_dlmodule *module);

/* `thread` was stopped in the middle of whatever it called. */
void rttm_guard_forget(rt_thread_t thread);

#else /* a module's functions are called by its own threads */

rt_inline rt_bool_t rttm_call_module(struct rt_dlmodule *module, enum rttm_patience patience,
                                     void (*work)(void *argument), void *argument)
{
    (void)module;
    (void)patience;
    work(argument);
    return RT_TRUE;
}

rt_inline rt_bool_t rttm_is_guarded(void)
{
    return RT_FALSE;
}

rt_inline void rttm_guard_drain(const struct rt_dlmodule *module)
{
    (void)module;
}

rt_inline void rttm_guard_forget(rt_thread_t thread)
{
    (void)thread;
}

#endif /* RTTM_HAS_CALLBACKS */

/* The module that runs here: the one that is called, else the calling thread's. RT_NULL when there is none. */
struct rt_dlmodule *rttm_current_module(void);

/* The name of the module that runs here, for its kernel objects: so the lists of them tell whose they are. */
const char *rttm_current_name(void);

/* The innermost rttm_call_module of `thread`: where its frame begins on the stack. RT_NULL outside of any. */
const void *rttm_guard_frame(rt_thread_t thread);

/* The shelter that is around the innermost rttm_call_module here, or RT_NULL. */
const struct rttm_shelter *rttm_guard_shelter(void);

/* Marks the innermost rttm_call_module here as panicking. RT_FALSE if it is already. */
rt_bool_t rttm_guard_begin_panic(void);

/* Gives up the innermost rttm_call_module here. */
void rttm_guard_give_up(void) __attribute__((noreturn));

/* How many threads and interrupts that are not its own call functions of `module` now. */
int rttm_guard_callers(const struct rt_dlmodule *module);

#endif /* RTTM_GUARD_H */
