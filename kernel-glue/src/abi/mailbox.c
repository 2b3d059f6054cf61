/* SPDX-License-Identifier: Apache-2.0 */
/* Mailboxes: queues of pointer-sized values. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_MAILBOX

#include <rtthread.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../module/upcall.h"
#include "../module/resource.h"
#include "../port/clock.h"
#include "../port/kernel_object.h"
#include "result.h"

#define CAPACITY_MAX 65535u

struct rttm_mailbox
{
    struct rttm_resource resource;
    struct rt_mailbox    kernel;
    rt_ubase_t           mails[];
};

static void mailbox_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rt_mb_detach(&((struct rttm_mailbox *)resource)->kernel);
    rttm_resource_free(resource);
}

static const struct rttm_class mailbox_class = {.release = mailbox_release};

int32_t rttm_mailbox_new(uint32_t capacity, struct rttm_mailbox **mailbox)
{
    struct rttm_mailbox *made;

    if (capacity == 0 || capacity > CAPACITY_MAX)
        return RTTM_ERROR_INVALID;
    made = rttm_resource_new(&mailbox_class, sizeof *made + capacity * sizeof made->mails[0]);
    if (made == RT_NULL)
        return rttm_resource_error();
    rt_mb_init(&made->kernel, rttm_current_name(), made->mails, capacity, RT_IPC_FLAG_PRIO);
    rttm_object_make_kernels(&made->kernel.parent.parent);
    rttm_resource_enroll(&made->resource);
    *mailbox = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_mailbox_new)

/* RT_EFULL after a wait: another thread took the free place that the caller was woken for, and the time has passed. */
static int32_t mailbox_wait_to_send(struct rttm_mailbox *mailbox, uintptr_t mail, uint32_t milliseconds)
{
    int32_t result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_mb_send_wait(&mailbox->kernel, mail, rttm_ticks(milliseconds)));
    rttm_wait_end();
    return result == RTTM_ERROR_FULL ? RTTM_ERROR_TIMED_OUT : result;
}

/* A function of its own, so that a call that may wait for ever saves no registers. */
__attribute__((noinline)) static int32_t mailbox_send(struct rttm_mailbox *mailbox, uintptr_t mail,
                                                      uint32_t milliseconds)
{
    if (rt_mb_send_wait(&mailbox->kernel, mail, 0) == RT_EOK)
        return RTTM_OK;
    return milliseconds == 0 ? RTTM_ERROR_FULL : mailbox_wait_to_send(mailbox, mail, milliseconds);
}

int32_t rttm_mailbox_send(struct rttm_mailbox *mailbox, uintptr_t mail, uint32_t milliseconds)
{
    if (rttm_may_wait_for_ever(milliseconds))
        return (int32_t)rt_mb_send_wait(&mailbox->kernel, mail, RT_WAITING_FOREVER);
    return mailbox_send(mailbox, mail, milliseconds);
}
RTM_EXPORT(rttm_mailbox_send)

static int32_t mailbox_wait_to_receive(struct rttm_mailbox *mailbox, rt_ubase_t *mail, uint32_t milliseconds)
{
    int32_t result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_mb_recv(&mailbox->kernel, mail, rttm_ticks(milliseconds)));
    rttm_wait_end();
    return result;
}

/* As mailbox_send. */
__attribute__((noinline)) static int32_t mailbox_receive(struct rttm_mailbox *mailbox, uintptr_t *mail,
                                                         uint32_t milliseconds)
{
    rt_ubase_t received = 0;
    int32_t    result = RTTM_OK;

    if (rt_mb_recv(&mailbox->kernel, &received, 0) != RT_EOK)
        result = milliseconds == 0 ? RTTM_ERROR_EMPTY : mailbox_wait_to_receive(mailbox, &received, milliseconds);
    *mail = received;
    return result;
}

int32_t rttm_mailbox_receive(struct rttm_mailbox *mailbox, uintptr_t *mail, uint32_t milliseconds)
{
    if (rttm_may_wait_for_ever(milliseconds))
        return (int32_t)rt_mb_recv(&mailbox->kernel, (rt_ubase_t *)mail, RT_WAITING_FOREVER);
    return mailbox_receive(mailbox, mail, milliseconds);
}
RTM_EXPORT(rttm_mailbox_receive)

#endif /* RTT_MOD_USING_MAILBOX */
