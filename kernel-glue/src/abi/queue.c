/* SPDX-License-Identifier: Apache-2.0 */
/* Queues of messages of one size. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_QUEUE

#include <rtthread.h>
#include <rtm.h>

#include "../module/resource.h"
#include "../module/upcall.h"
#include "../module/wait.h"
#include "../port/clock.h"
#include "../port/compat.h"
#include "../port/kernel_object.h"
#include "result.h"

#define BYTES_MAX    65528u
#define CAPACITY_MAX 65535u
#define POOL_MAX     0x7FFFFFFFu

struct rttm_queue
{
    struct rttm_resource   resource;
    struct rt_messagequeue kernel;
    rt_size_t              bytes; /* of a message; the kernel's own number is rounded up */
    rt_ubase_t             pool[];
};

static void queue_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rt_mq_detach(&((struct rttm_queue *)resource)->kernel);
    rttm_resource_free(resource);
}

static const struct rttm_class queue_class = {.release = queue_release};

int32_t rttm_queue_new(uint32_t bytes, uint32_t capacity, struct rttm_queue **queue)
{
    rt_size_t          place = rttm_queue_place(bytes);
    struct rttm_queue *made;

    if (bytes == 0 || bytes > BYTES_MAX || capacity == 0 || capacity > CAPACITY_MAX)
        return RTTM_ERROR_INVALID;
    if (capacity > POOL_MAX / place)
        return RTTM_ERROR_OUT_OF_MEMORY;
    made = rttm_resource_new(&queue_class, sizeof *made + capacity * place);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->bytes = bytes;
    rt_mq_init(&made->kernel, rttm_current_name(), made->pool, bytes, capacity * place, RT_IPC_FLAG_PRIO);
    rttm_object_make_kernels(&made->kernel.parent.parent);
    rttm_resource_enroll(&made->resource);
    *queue = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_queue_new)

/* RT_EFULL after a wait: another thread took the free place that the caller was woken for, and the time has passed. */
static int32_t queue_wait_to_send(struct rttm_queue *queue, const void *message, uint32_t milliseconds)
{
    int32_t result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_mq_send_wait(&queue->kernel, message, queue->bytes, rttm_ticks(milliseconds)));
    rttm_wait_end();
    return result == RTTM_ERROR_FULL ? RTTM_ERROR_TIMED_OUT : result;
}

/* A function of its own, so that a call that may wait for ever saves no registers. */
__attribute__((noinline)) static int32_t queue_send(struct rttm_queue *queue, const void *message,
                                                    uint32_t milliseconds)
{
    if (rt_mq_send_wait(&queue->kernel, message, queue->bytes, 0) == RT_EOK)
        return RTTM_OK;
    return milliseconds == 0 ? RTTM_ERROR_FULL : queue_wait_to_send(queue, message, milliseconds);
}

/*
 * Waits without a limit. This is a function of its own because GCC at -Os saves a register for nothing if both calls
 * are in one function. Its parameters are those of the kernel's function, so `forever` is already in the right
 * register.
 */
__attribute__((noinline, noclone)) static int32_t queue_send_for_ever(struct rttm_queue *queue, const void *message,
                                                                      uint32_t milliseconds, rt_int32_t forever)
{
    (void)milliseconds;
    return (int32_t)rt_mq_send_wait(&queue->kernel, message, queue->bytes, forever);
}

int32_t rttm_queue_send(struct rttm_queue *queue, const void *message, uint32_t milliseconds)
{
    uint32_t forever = rttm_forever;

    if (milliseconds == forever)
        return queue_send_for_ever(queue, message, milliseconds, (rt_int32_t)forever);
    return queue_send(queue, message, milliseconds);
}
RTM_EXPORT(rttm_queue_send)

int32_t rttm_queue_send_urgent(struct rttm_queue *queue, const void *message)
{
    return rttm_result(rt_mq_urgent(&queue->kernel, message, queue->bytes));
}
RTM_EXPORT(rttm_queue_send_urgent)

static int32_t queue_wait_to_receive(struct rttm_queue *queue, void *message, uint32_t milliseconds)
{
    int32_t   result = rttm_wait_begin();
    rt_base_t received;

    if (result != RTTM_OK)
        return result;
    received = rt_mq_recv(&queue->kernel, message, queue->bytes, rttm_ticks(milliseconds));
    rttm_wait_end();
    return received < 0 ? rttm_result(received) : RTTM_OK;
}

/* A function of its own, so that a call that may wait for ever saves no registers. */
__attribute__((noinline)) static int32_t queue_receive(struct rttm_queue *queue, void *message, uint32_t milliseconds)
{
    if (rt_mq_recv(&queue->kernel, message, queue->bytes, 0) >= 0)
        return RTTM_OK;
    return milliseconds == 0 ? RTTM_ERROR_EMPTY : queue_wait_to_receive(queue, message, milliseconds);
}

/* As queue_send_for_ever. rt_mq_recv returns 0 in 4.x, and the message's length in 5.x. */
__attribute__((noinline, noclone)) static int32_t queue_receive_for_ever(struct rttm_queue *queue, void *message,
                                                                         uint32_t milliseconds, rt_int32_t forever)
{
    (void)milliseconds;
    return (int32_t)rt_mq_recv(&queue->kernel, message, queue->bytes, forever);
}

int32_t rttm_queue_receive(struct rttm_queue *queue, void *message, uint32_t milliseconds)
{
    uint32_t forever = rttm_forever;

    if (milliseconds == forever)
        return queue_receive_for_ever(queue, message, milliseconds, (rt_int32_t)forever);
    return queue_receive(queue, message, milliseconds);
}
RTM_EXPORT(rttm_queue_receive)

#endif /* RTT_MOD_USING_QUEUE */
