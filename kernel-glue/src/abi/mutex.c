/* SPDX-License-Identifier: Apache-2.0 */
/* Mutexes with inherited priority, each locked once at most by its owner. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_MUTEX

#include <rtthread.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../module/upcall.h"
#include "../module/resource.h"
#include "../port/clock.h"
#include "../port/kernel_object.h"
#include "thread.h"
#include "result.h"

struct rttm_mutex
{
    struct rttm_resource resource;
    struct rt_mutex      kernel;
};

static void mutex_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rt_mutex_detach(&((struct rttm_mutex *)resource)->kernel);
    rttm_resource_free(resource);
}

static const struct rttm_class mutex_class = {.release = mutex_release};

int32_t rttm_mutex_new(struct rttm_mutex **mutex)
{
    struct rttm_mutex *made = rttm_resource_new(&mutex_class, sizeof *made);

    if (made == RT_NULL)
        return rttm_resource_error();
    rt_mutex_init(&made->kernel, rttm_current_name(), RT_IPC_FLAG_PRIO);
    rttm_object_make_kernels(&made->kernel.parent.parent);
    rttm_resource_enroll(&made->resource);
    *mutex = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_mutex_new)

/* RT-Thread would lock the mutex again. Only the caller can make itself the owner, so this needs no lock. */
static rt_bool_t mutex_is_held_by_caller(const struct rttm_mutex *mutex)
{
    return mutex->kernel.owner == rt_thread_self();
}

/*
 * In an interrupt or a timer, the mutex would be locked for a thread that does not know of it. This is a function of
 * its own, so that a lock without a wait saves no registers.
 */
__attribute__((noinline)) static int32_t mutex_lock_waiting(struct rttm_mutex *mutex, uint32_t milliseconds)
{
    int32_t result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    if (mutex_is_held_by_caller(mutex))
        result = RTTM_ERROR_DEADLOCK;
    else
        result = rttm_result(rt_mutex_take(&mutex->kernel, rttm_ticks(milliseconds)));
    rttm_wait_end();
    return result;
}

int32_t rttm_mutex_lock(struct rttm_mutex *mutex, uint32_t milliseconds)
{
    if (mutex->kernel.owner == RT_NULL && rttm_may_wait_for_ever(milliseconds))
        return (int32_t)rt_mutex_take(&mutex->kernel, (rt_int32_t)milliseconds);
    return mutex_lock_waiting(mutex, milliseconds);
}
RTM_EXPORT(rttm_mutex_lock)

/* The only error of the kernel. A function of its own, so that an unlock costs one branch. */
__attribute__((noinline)) static int32_t mutex_not_owner(void)
{
    return RTTM_ERROR_PERMISSION;
}

int32_t rttm_mutex_unlock(struct rttm_mutex *mutex)
{
    return rt_mutex_release(&mutex->kernel) == RT_EOK ? RTTM_OK : mutex_not_owner();
}
RTM_EXPORT(rttm_mutex_unlock)

static rt_bool_t mutex_is_held_by(const struct rttm_resource *mutex, const void *thread)
{
    return ((const struct rttm_mutex *)mutex)->kernel.owner == thread;
}

rt_bool_t rttm_has_locked(rt_thread_t thread)
{
    return rttm_resource_find(&mutex_class, mutex_is_held_by, thread) != RT_NULL;
}

#endif /* RTT_MOD_USING_MUTEX */
