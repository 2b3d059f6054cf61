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
    rt_uint8_t  priority;
    rt_uint32_t time_slice; /* in ticks */
};

/*
 * Makes a thread of `module` that calls `thread->run` when it is started. `thread` has to live until the thread is disowned
 * or has moved it. RT_FALSE without memory.
 */
rt_bool_t rttm_threads_create(struct rttm_module *module, struct rttm_module_thread *thread,
                              const struct rttm_thread_plan *plan);

/* Moves the struct of the calling thread to `place`, on its own stack, before the memory of the old one is freed. */
void rttm_threads_move_self(struct rttm_module_thread *place);

/*
 * Makes `thread` a thread of the kernel. The idle thread then frees it as any other, and does not destroy the module with
 * it.
 */
void rttm_threads_disown(rt_thread_t thread);

/*
 * Moves the calling thread to the kernel's list of threads, but keeps the mark of its module: the kernel destroys the module
 * with it.
 */
void rttm_threads_leave_with_module(struct rttm_module *module);

/*
 * Calls `look` for the threads of `module` until it returns RT_TRUE, first for those that the glue has made. Returns that
 * thread, or RT_NULL. In a critical section.
 */
rt_thread_t rttm_threads_find(const struct rttm_module *module, rt_bool_t (*look)(rt_thread_t thread, void *context),
                              void                     *context);

#endif /* RTTM_THREADS_H */
