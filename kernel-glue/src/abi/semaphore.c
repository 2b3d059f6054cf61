/* SPDX-License-Identifier: Apache-2.0 */
/* Counting semaphores, with a short path for a take or a release that neither waits nor wakes a thread. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SEMAPHORE

#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../module/upcall.h"
#include "../module/resource.h"
#include "../port/clock.h"
#include "../port/compat.h"
#include "../port/kernel_object.h"
#include "result.h"

#define COUNT_MAX 65535u

struct rttm_semaphore
{
    struct rttm_resource resource;
    struct rt_semaphore  kernel;
};

static void semaphore_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rt_sem_detach(&((struct rttm_semaphore *)resource)->kernel);
    rttm_resource_free(resource);
}

static const struct rttm_class semaphore_class = {.release = semaphore_release};

int32_t rttm_semaphore_new(uint32_t count, struct rttm_semaphore **semaphore)
{
    struct rttm_semaphore *made;

    if (count > COUNT_MAX)
        return RTTM_ERROR_INVALID;
    made = rttm_resource_new(&semaphore_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    rt_sem_init(&made->kernel, rttm_current_name(), count, RT_IPC_FLAG_PRIO);
    rttm_object_make_kernels(&made->kernel.parent.parent);
    rttm_resource_enroll(&made->resource);
    *semaphore = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_semaphore_new)

static int32_t semaphore_wait(struct rttm_semaphore *semaphore, uint32_t milliseconds)
{
    int32_t result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_sem_take(&semaphore->kernel, rttm_ticks(milliseconds)));
    rttm_wait_end();
    return result;
}

/*
 * A take or a release that neither waits nor wakes a thread needs a few instructions with interrupts off. The kernel's
 * functions need twice as many, for checks of the object that are not necessary for a handle.
 */
static rt_bool_t semaphore_try_take(struct rt_semaphore *kernel)
{
    rt_base_t level;
    rt_bool_t taken;

    if (!rttm_may_count_takes())
        return rt_sem_take(kernel, 0) == RT_EOK;
    level = rt_hw_interrupt_disable();
    taken = kernel->value > 0;
    if (taken)
        kernel->value--;
    rt_hw_interrupt_enable(level);
    return taken;
}

static rt_bool_t semaphore_try_release(struct rt_semaphore *kernel)
{
    rt_base_t level;
    rt_bool_t released;

    if (!rttm_may_count_releases())
        return RT_FALSE;
    level = rt_hw_interrupt_disable();
    released = kernel->value < COUNT_MAX && rt_list_isempty(&kernel->parent.suspend_thread);
    if (released)
        kernel->value++;
    rt_hw_interrupt_enable(level);
    return released;
}

int32_t rttm_semaphore_take(struct rttm_semaphore *semaphore, uint32_t milliseconds)
{
    if (semaphore_try_take(&semaphore->kernel))
        return RTTM_OK;
    if (rttm_may_wait_for_ever(milliseconds))
        return (int32_t)rt_sem_take(&semaphore->kernel, RT_WAITING_FOREVER);
    return milliseconds == 0 ? RTTM_ERROR_TIMED_OUT : semaphore_wait(semaphore, milliseconds);
}
RTM_EXPORT(rttm_semaphore_take)

int32_t rttm_semaphore_release(struct rttm_semaphore *semaphore)
{
    if (semaphore_try_release(&semaphore->kernel))
        return RTTM_OK;
    /* The count wraps around in 4.x; later kernels report that it is full. */
    if (semaphore->kernel.value >= COUNT_MAX)
        return RTTM_ERROR_FULL;
    return rttm_result(rt_sem_release(&semaphore->kernel));
}
RTM_EXPORT(rttm_semaphore_release)

int32_t rttm_semaphore_count(const struct rttm_semaphore *semaphore)
{
    return semaphore->kernel.value;
}
RTM_EXPORT(rttm_semaphore_count)

#endif /* RTT_MOD_USING_SEMAPHORE */
