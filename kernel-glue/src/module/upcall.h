/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Upcalls: calls of a module's functions by the glue and by the kernel, in whatever thread or interrupt, the module's own
 * threads among them. A panic, an exit or a fault in an upcall aborts it, and ends the module but not the caller.
 */
#ifndef RTTM_UPCALL_H
#define RTTM_UPCALL_H

#include <rtthread.h>

struct rttm_module;
struct rttm_resource;

/* Whether the function that is called may wait. In interrupts it never may. */
enum rttm_patience
{
    RTTM_MAY_WAIT,
    RTTM_MAY_NOT_WAIT, /* but in a thread of its module it may */
    RTTM_NEVER_WAITS,
};

/*
 * Calls `work(argument)`, which calls a function of `module`. What is called belongs to `resource`, which stays until the
 * call is over; RT_NULL: to the module. RT_FALSE if it was not called because the resource is closed or the module ends, or
 * if it was aborted; critical sections, interrupts and priority are then as before. From threads and interrupts. Takes
 * about 150 to 300 bytes of stack.
 */
rt_bool_t rttm_upcall(struct rttm_module *module, struct rttm_resource *resource, enum rttm_patience patience,
                      void (*work)(void *argument), void *argument);

/* Whether the caller runs in an upcall. */
rt_bool_t rttm_in_upcall(void);

/* Whether the caller runs in an upcall of what belongs to `resource`, which so can't end before the caller returns. */
rt_bool_t rttm_in_upcall_of(const struct rttm_resource *resource);

/* An upcall that should have returned. */
struct rttm_late
{
    struct rttm_module *module; /* RT_NULL: there is none */
    rt_thread_t         thread; /* that it is made in */
};

/*
 * In an interrupt: finds an upcall that was to return soon and has taken `ticks`, the innermost of its thread. RT_FALSE if there
 * is none that is to return soon. `late` is zeroed before.
 */
rt_bool_t rttm_upcalls_look(rt_tick_t ticks, struct rttm_late *late);

/* The module whose code runs here: that of the innermost upcall, or else that of the calling thread. Or RT_NULL. */
struct rttm_module *rttm_current_module(void);

/* The same of another thread. */
struct rttm_module *rttm_module_in(rt_thread_t thread);

/* The name of the module that runs here. Its kernel objects get it, so that the lists of them show their owner. */
const char *rttm_current_name(void);

/* Marks the innermost upcall here as panicking. RT_FALSE if it is already. */
rt_bool_t rttm_upcall_begin_panic(void);

/* Aborts the innermost upcall here. Its module ends. */
void rttm_upcall_abort(void) __attribute__((noreturn));

/* The number of upcalls of `module`. */
int rttm_upcall_count(const struct rttm_module *module);

/* Wakes those upcalls of `module`, which ends, that wait. RT_FALSE if there is no upcall any more. */
rt_bool_t rttm_upcalls_wake(const struct rttm_module *module);

/* Removes the upcalls of `thread`, which was stopped. */
void rttm_upcalls_forget(rt_thread_t thread);

#endif /* RTTM_UPCALL_H */
