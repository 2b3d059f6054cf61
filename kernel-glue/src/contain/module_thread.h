/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The threads that the glue makes for modules: main threads, and those that programs spawn. All have one entry, so the
 * module of a thread is found in a few instructions, whatever the kernel knows of it.
 */
#ifndef RTTM_MODULE_THREAD_H
#define RTTM_MODULE_THREAD_H

#include <rtthread.h>

#include "../port/compat.h"
#include "stack_guard.h"

struct rttm_module;
struct rttm_resource;

/* Such a thread, in one block with its stack: `rt_thread.parameter` points to it. */
struct rttm_module_thread
{
    rt_list_t           node;   /* in the list of its module's threads; changed in critical sections */
    struct rttm_module *module; /* RT_NULL: it is the worker */
    void (*run)(struct rttm_module_thread *thread);
    void                 *context;     /* for `run` */
    struct rttm_resource *resource;    /* it is in use as long as the thread runs; or RT_NULL */
    rt_uint32_t           block_bytes; /* of the heap, its stack among them */
#ifdef RTTM_USING_STACK_GUARD
    rt_uint32_t region_bytes; /* of the guard; 0: the usual */
#endif
    struct rt_thread kernel;
};

/* The entry of each of these threads: calls `run` of the struct rttm_module_thread at `parameter`. */
void rttm_module_thread_entry(void *parameter);

/* Sets the limit of the calling thread's stack pointer, where the processor has one. */
void rttm_module_thread_set_limit(void);

/* RT_NULL for a thread that the glue has not made. */
rt_inline struct rttm_module_thread *rttm_module_thread_of(rt_thread_t thread)
{
    return (void (*)(void *))thread->entry == rttm_module_thread_entry ? thread->parameter : RT_NULL;
}

rt_inline void rttm_module_thread_set_region(struct rttm_module_thread *thread, rt_uint32_t bytes)
{
#ifdef RTTM_USING_STACK_GUARD
    thread->region_bytes = bytes;
#else
    (void)thread;
    (void)bytes;
#endif
}

/* The bytes of a guard in the stack of `thread`. Threads that C modules make themselves, and the kernel's, have none. */
rt_inline rt_uint32_t rttm_stack_guard_bytes(rt_thread_t thread)
{
    return rttm_module_thread_of(thread) != RT_NULL ? RTTM_STACK_GUARD_BYTES : 0;
}

/* Whether `thread` is a module's, as far as the glue or the kernel knows at once. */
rt_inline rt_bool_t rttm_is_module_thread(rt_thread_t thread)
{
#ifdef RT_USING_MODULE
    if (rttm_thread_object(thread)->module_id != RT_NULL)
        return RT_TRUE;
#endif
    return rttm_module_thread_of(thread) != RT_NULL;
}

/* Waits for another thread to take the calling one away. */
void rttm_wait_for_the_end(void) __attribute__((noreturn));

#endif /* RTTM_MODULE_THREAD_H */
