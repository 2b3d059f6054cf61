/* SPDX-License-Identifier: Apache-2.0 */
/* Control of a module's threads by other threads: suspend, resume and priority. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_THREAD

#include <rtthread.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../module/record.h"
#include "../module/wait.h"
#include "../port/compat.h"
#include "result.h"
#include "thread.h"

/* Whether the kernel's thread exists and belongs to the module. Another thread may have ended without notice. */
static int32_t thread_check_kernel(const struct rttm_thread *thread)
{
    const struct rttm_module *owner = thread->resource.owner;

    if (thread->kernel == RT_NULL || owner == RT_NULL || rttm_is_ending(owner))
        return RTTM_ERROR_NOT_FOUND;
    if (thread->entry == RT_NULL && thread->kernel != owner->main_thread)
        return RTTM_ERROR_PERMISSION;
    return RTTM_OK;
}

static int32_t thread_suspend(struct rttm_thread *thread)
{
    int32_t result = thread_check_kernel(thread);

    if (result != RTTM_OK || thread->is_suspended)
        return result;
    if (rttm_cancel_is_disabled(thread->kernel))
        return RTTM_ERROR_BUSY;
    result = rttm_result(rttm_suspend(thread->kernel));
    thread->is_suspended = result == RTTM_OK;
    return result;
}

int32_t rttm_thread_suspend(struct rttm_thread *thread)
{
    int32_t result;

    if (thread->kernel == rt_thread_self())
    {
        result = rttm_wait_begin();
        if (result != RTTM_OK)
            return result;
    }
    rt_enter_critical();
    result = thread_suspend(thread);
    rt_exit_critical(); /* switches threads here if the caller has suspended itself */
    if (thread->kernel == rt_thread_self())
        rttm_wait_end();
    return result;
}
RTM_EXPORT(rttm_thread_suspend)

static int32_t thread_resume(struct rttm_thread *thread)
{
    int32_t result = thread_check_kernel(thread);

    if (result != RTTM_OK)
        return result;
    if (!thread->is_suspended)
        return RTTM_ERROR_INVALID; /* after a forced resume, the thread would go on as if its wait had succeeded */
    thread->is_suspended = RT_FALSE;
    return rttm_result(rttm_resume(thread->kernel));
}

int32_t rttm_thread_resume(struct rttm_thread *thread)
{
    int32_t result;

    rt_enter_critical();
    result = thread_resume(thread);
    rt_exit_critical();
    return result;
}
RTM_EXPORT(rttm_thread_resume)

int32_t rttm_thread_priority(const struct rttm_thread *thread)
{
    int32_t result;

    rt_enter_critical();
    result = thread_check_kernel(thread);
    if (result == RTTM_OK)
        result = rttm_priority_of(thread->kernel);
    rt_exit_critical();
    return result;
}
RTM_EXPORT(rttm_thread_priority)

int32_t rttm_thread_set_priority(struct rttm_thread *thread, uint32_t priority)
{
    rt_uint8_t wanted = (rt_uint8_t)(priority < RTTM_PRIORITY_LOWEST ? priority : RTTM_PRIORITY_LOWEST);
    int32_t    result;

    rt_enter_critical();
    result = thread_check_kernel(thread);
    if (result == RTTM_OK)
        result = rttm_result(rt_thread_control(thread->kernel, RT_THREAD_CTRL_CHANGE_PRIORITY, &wanted));
    rt_exit_critical();
    return result;
}
RTM_EXPORT(rttm_thread_set_priority)

int32_t rttm_thread_processors(void)
{
#ifdef RT_USING_SMP
    return RT_CPUS_NR;
#else
    return 1;
#endif
}
RTM_EXPORT(rttm_thread_processors)

#endif /* RTT_MOD_USING_THREAD */
