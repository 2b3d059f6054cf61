/* SPDX-License-Identifier: Apache-2.0 */
/* Events: sets of 32 flags that threads wait for. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_EVENT

#include <rtthread.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../module/upcall.h"
#include "../module/resource.h"
#include "../port/clock.h"
#include "../port/kernel_object.h"
#include "result.h"

struct rttm_event
{
    struct rttm_resource resource;
    struct rt_event      kernel;
};

static void event_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rt_event_detach(&((struct rttm_event *)resource)->kernel);
    rttm_resource_free(resource);
}

static const struct rttm_class event_class = {.release = event_release};

int32_t rttm_event_new(struct rttm_event **event)
{
    struct rttm_event *made = rttm_resource_new(&event_class, sizeof *made);

    if (made == RT_NULL)
        return rttm_resource_error();
    rt_event_init(&made->kernel, rttm_current_name(), RT_IPC_FLAG_PRIO);
    rttm_object_make_kernels(&made->kernel.parent.parent);
    rttm_resource_enroll(&made->resource);
    *event = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_event_new)

int32_t rttm_event_set(struct rttm_event *event, uint32_t flags)
{
    /* The kernel would report an error if no flag is set. */
    if (flags == 0)
        return RTTM_OK;
    return (int32_t)rt_event_send(&event->kernel, flags); /* which refuses nothing else */
}
RTM_EXPORT(rttm_event_set)

/* The kernel has other numbers for the same: 1 for all, 2 for any, 4 to clear. */
static rt_uint8_t event_kernel_options(uint32_t options)
{
    return (rt_uint8_t)(RT_EVENT_FLAG_OR - (options & RTTM_EVENT_ALL) + (options & RTTM_EVENT_CLEAR) * 2);
}

/*
 * Only for threads, even with 0 milliseconds: the kernel stores the received flags in the thread. A function of its own, so
 * that a call that may wait for ever saves no registers.
 */
__attribute__((noinline)) static int32_t event_wait(struct rttm_event *event, uint32_t flags, uint32_t options,
                                                    uint32_t milliseconds, uint32_t *received)
{
    rt_uint32_t there = 0;
    int32_t     result;

    if (flags == 0)
        return RTTM_ERROR_INVALID;
    result = rttm_wait_begin();
    if (result != RTTM_OK)
        return result;
    result = rttm_result(
        rt_event_recv(&event->kernel, flags, event_kernel_options(options), rttm_ticks(milliseconds), &there));
    rttm_wait_end();
    *received = there;
    return result;
}

int32_t rttm_event_wait(struct rttm_event *event, uint32_t flags, uint32_t options, uint32_t milliseconds,
                        uint32_t *received)
{
    if (flags == 0 || !rttm_may_wait_for_ever(milliseconds))
        return event_wait(event, flags, options, milliseconds, received);
    return (int32_t)rt_event_recv(&event->kernel, flags, event_kernel_options(options), RT_WAITING_FOREVER,
                                  (rt_uint32_t *)received);
}
RTM_EXPORT(rttm_event_wait)

#endif /* RTT_MOD_USING_EVENT */
