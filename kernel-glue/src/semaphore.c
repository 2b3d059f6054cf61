/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>
#include <rtm.h>

#include "guard.h"
#include "resource.h"
#include "result.h"
#include "wait.h"

#define COUNT_MAX 65535u

struct rttm_semaphore
{
    struct rttm_resource resource;
    struct rt_semaphore  kernel;
};

static void release(struct rttm_resource *resource, enum rttm_reason reason)
{
    (void)reason;
    rt_sem_detach(&((struct rttm_semaphore *)resource)->kernel);
    rttm_resource_free(resource);
}

static const struct rttm_class class = {release};

int32_t rttm_semaphore_new(uint32_t count, struct rttm_semaphore **semaphore)
{
    struct rttm_semaphore *made;

    if (count > COUNT_MAX)
        return RTTM_ERROR_INVALID;
    made = rttm_resource_new(&class, sizeof *made);
    if (made == RT_NULL)
        return RTTM_ERROR_OUT_OF_MEMORY;
    rt_sem_init(&made->kernel, rttm_current_name(), count, RT_IPC_FLAG_PRIO);
    rttm_resource_enroll(&made->resource);
    *semaphore = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_semaphore_new)

static int32_t wait(struct rttm_semaphore *semaphore, uint32_t milliseconds)
{
    int32_t result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_sem_take(&semaphore->kernel, rttm_ticks(milliseconds)));
    rttm_wait_end();
    return result;
}

int32_t rttm_semaphore_take(struct rttm_semaphore *semaphore, uint32_t milliseconds)
{
    if (semaphore->kernel.value > 0 && rt_sem_take(&semaphore->kernel, 0) == RT_EOK)
        return RTTM_OK;
    return milliseconds == 0 ? RTTM_ERROR_TIMED_OUT : wait(semaphore, milliseconds);
}
RTM_EXPORT(rttm_semaphore_take)

int32_t rttm_semaphore_release(struct rttm_semaphore *semaphore)
{
    /* 4.x wraps around; later kernels say that it is full. */
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
