/* SPDX-License-Identifier: Apache-2.0 */
/* The threads of a module: those that the glue makes for it, and those that its C code makes itself. */
#ifndef RTTM_THREADS_H
#define RTTM_THREADS_H

#include "record.h"

/* How a thread is to be made. */
struct rttm_thread_plan
{
    const char *name;
    rt_uint32_t stack_bytes; /* without the guard */
    rt_bool_t   is_proven;   /* they are enough */
    rt_uint8_t  priority;
    rt_uint32_t time_slice; /* in ticks */
    void (*run)(struct rttm_module_thread *thread);
    void       *context;
    rt_uint32_t context_bytes; /* not 0: `context` is so much zeroed memory, which goes with the thread */
};

/* Makes a thread of `module`, to be started by rt_thread_startup. RT_NULL without memory, and for a module that ends. */
struct rttm_module_thread *rttm_threads_create(struct rttm_module *module, const struct rttm_thread_plan *plan);

/* Stops `thread`, of whoever has made it: it never runs again. Its stack stays. In a critical section. */
void rttm_threads_stop(rt_thread_t thread);

/*
 * Whether `thread` of `module`, which ends, can be stopped where it is: it leaves no lock of the kernel's behind. In
 * a critical section.
 */
rt_bool_t rttm_may_be_stopped(struct rttm_module *module, rt_thread_t thread);

/*
 * Makes `thread` of `module`, which can't be stopped, come out of the kernel, and wait then. To be repeated in each tick. In a
 * critical section.
 */
void rttm_let_out(const struct rttm_module *module, rt_thread_t thread);

/* Whether `thread`, which does not run, goes on in code of `module`, as far as that is known. */
rt_bool_t rttm_goes_on_in_code_of(const struct rttm_module *module, rt_thread_t thread);

/* Leaves whatever the calling thread is in, and waits to be stopped. */
void rttm_await_stop(void) __attribute__((noreturn));

/* Stops and frees a thread that the glue has made. */
void rttm_threads_free(struct rttm_module_thread *thread);

/* Frees all threads of `module`, which are stopped. */
void rttm_threads_free_all(struct rttm_module *module);

/*
 * Calls `look` for the threads of `module` until it returns RT_TRUE, first for those that the glue has made, the oldest
 * first. Returns that thread, or RT_NULL. In a critical section.
 */
rt_thread_t rttm_threads_find(const struct rttm_module *module, rt_bool_t (*look)(rt_thread_t thread, void *context),
                              void                     *context);

#endif /* RTTM_THREADS_H */
