/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Upcalls: calls of a module's functions by threads and interrupts that are not the module's, for timers, device callbacks,
 * shell commands and drivers. A panic or an exit in an upcall aborts it, and ends the module but not the caller.
 */
#ifndef RTTM_UPCALL_H
#define RTTM_UPCALL_H

#include <rtthread.h>

#include "callbacks.h"

struct rttm_module;

/* Whether the function that is called may wait. In interrupts it never may. */
enum rttm_patience
{
    RTTM_MAY_WAIT,
    RTTM_MAY_NOT_WAIT,
};

#ifdef RTTM_HAS_CALLBACKS

/*
 * Calls `work(argument)`, which calls a function of `module`. RT_FALSE when it was not called, since the module is about
 * to end, or was aborted in the middle. From threads and interrupts; takes about 100 to 250 bytes of stack.
 */
rt_bool_t rttm_upcall(struct rttm_module *module, enum rttm_patience patience, void (*work)(void *argument),
                      void *argument);

/* Whether this is the inside of an upcall. */
rt_bool_t rttm_in_upcall(void);

/* `module` is about to end: waits until none of its functions is being called by others, and wakes those that wait. */
void rttm_upcalls_drain(const struct rttm_module *module);

/* `thread` was stopped in the middle of whatever it called. */
void rttm_upcalls_forget(rt_thread_t thread);

#else /* a module's functions are called by its own threads */

rt_inline rt_bool_t rttm_upcall(struct rttm_module *module, enum rttm_patience patience, void (*work)(void *argument),
                                void *argument)
{
    (void)module;
    (void)patience;
    work(argument);
    return RT_TRUE;
}

rt_inline rt_bool_t rttm_in_upcall(void)
{
    return RT_FALSE;
}

rt_inline void rttm_upcalls_drain(const struct rttm_module *module)
{
    (void)module;
}

rt_inline void rttm_upcalls_forget(rt_thread_t thread)
{
    (void)thread;
}

#endif /* RTTM_HAS_CALLBACKS */

/* The module that runs here: the one that is called, else the calling thread's. RT_NULL when there is none. */
struct rttm_module *rttm_current_module(void);

/* The name of the module that runs here, for its kernel objects: so the lists of them tell whose they are. */
const char *rttm_current_name(void);

/* Marks the innermost upcall here as panicking. RT_FALSE if it is already. */
rt_bool_t rttm_upcall_begin_panic(void);

/* Aborts the innermost upcall here. */
void rttm_upcall_abort(void) __attribute__((noreturn));

/* How many threads and interrupts that are not its own call functions of `module` now. */
int rttm_upcall_count(const struct rttm_module *module);

#endif /* RTTM_UPCALL_H */
