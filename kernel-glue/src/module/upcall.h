/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Upcalls: calls of a module's functions by other threads and by interrupts, for timers, callbacks of devices, shell commands
 * and drivers. A panic or an exit in an upcall aborts it, and ends the module but not the caller.
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
 * Calls `work(argument)`, which calls a function of `module`. RT_FALSE if it was not called because the module ends, or if it
 * was aborted. From threads and interrupts. Takes about 100 to 250 bytes of stack.
 */
rt_bool_t rttm_upcall(struct rttm_module *module, enum rttm_patience patience, void (*work)(void *argument),
                      void *argument);

/* Whether the caller runs in an upcall. */
rt_bool_t rttm_in_upcall(void);

/* Waits until there is no upcall of `module`, which ends, and wakes those upcalls that wait. */
void rttm_upcalls_drain(const struct rttm_module *module);

/* Removes the upcalls of `thread`, which was stopped. */
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

/* The module whose code runs here: that of the innermost upcall, or else that of the calling thread. Or RT_NULL. */
struct rttm_module *rttm_current_module(void);

/* The name of the module that runs here. Its kernel objects get it, so that the lists of them show their owner. */
const char *rttm_current_name(void);

/* Marks the innermost upcall here as panicking. RT_FALSE if it is already. */
rt_bool_t rttm_upcall_begin_panic(void);

/* Aborts the innermost upcall here. */
void rttm_upcall_abort(void) __attribute__((noreturn));

/* The number of upcalls of `module`. */
int rttm_upcall_count(const struct rttm_module *module);

#endif /* RTTM_UPCALL_H */
