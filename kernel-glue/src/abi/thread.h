/* SPDX-License-Identifier: Apache-2.0 */
/* The handle of a thread, shared by the files about threads. */
#ifndef RTTM_THREAD_H
#define RTTM_THREAD_H

#include <rtthread.h>

#include "../contain/module_thread.h"
#include "../module/resource.h"
#include "../module/worker.h"
#include "../port/groups.h"

#ifdef RTT_MOD_USING_THREAD
struct rttm_thread
{
    struct rttm_resource resource;
    struct rt_event      event;              /* for those who join the thread, and for the thread while it is parked */
    struct rttm_work     returned;           /* of the worker, when a spawned thread has */
    rt_thread_t          kernel;             /* RT_NULL when the thread is gone */
    rt_uint16_t          joiners;            /* those who are in a join; changed with interrupts off */
    rt_bool_t            is_left_to_joiners; /* has returned: one of them frees it */
    void (*entry)(void *context);
    void       *context;
    rt_bool_t   is_suspended; /* by rttm_thread_suspend */
    char        name[RT_NAME_MAX];
    rt_uint32_t name_length;
};
#endif

/* Whether `thread` has locked a mutex of a module (mutex.c). */
#ifdef RTT_MOD_USING_MUTEX
rt_bool_t rttm_has_locked(rt_thread_t thread);
#else
rt_inline rt_bool_t rttm_has_locked(rt_thread_t thread)
{
    (void)thread;
    return RT_FALSE;
}
#endif

#endif /* RTTM_THREAD_H */
