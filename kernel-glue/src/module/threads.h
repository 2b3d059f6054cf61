/* SPDX-License-Identifier: Apache-2.0 */
/* The threads of a module: those that the glue makes for it, and those that its C code makes itself. */
#ifndef RTTM_THREADS_H
#define RTTM_THREADS_H

#include "record.h"

/* How a thread is to be made. */
struct rttm_thread_plan
{
    const char *name;
    rt_uint32_t stack_bytes; /* without what guards it */
    rt_uint8_t  priority;
    rt_uint32_t time_slice; /* in ticks */
};

/*
 * Makes a thread of `module` that calls `thread->run` when it is started. `thread` has to stay until the thread is gone or
 * has moved. RT_FALSE without memory.
 */
rt_bool_t rttm_threads_create(struct rttm_module *module, struct rttm_module_thread *thread,
                              const struct rttm_thread_plan *plan);

/* Moves what is known of the calling thread to `place`, on its own stack: the memory where it is now is about to be freed. */
void rttm_threads_move_self(struct rttm_module_thread *place);

/*
 * Takes `thread` out of its module's hands: it becomes one of the kernel's, which the idle thread frees as any other
 * without taking its end for the module's.
 */
void rttm_threads_disown(rt_thread_t thread);

/*
 * Makes the calling thread, a module's, one of the kernel's list that still knows its module: the kernel destroys the
 * module with it.
 */
void rttm_threads_leave_with_module(struct rttm_module *module);

/*
 * Calls `look` for the threads of `module` until it returns RT_TRUE: first for those of the glue, beginning with the main
 * thread. That thread, or RT_NULL. In a critical section.
 */
rt_thread_t rttm_threads_find(const struct rttm_module *module, rt_bool_t (*look)(rt_thread_t thread, void *context),
                              void                     *context);

#endif /* RTTM_THREADS_H */
