/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>
#include <rthw.h>

#include "ear.h"
#include "../module/visit.h"

/* All that are attached. Changed with interrupts off. */
static struct rttm_ear *ears;

/* The first in `ear` and behind it. With interrupts off. */
static struct rttm_ear *notifier_find(struct rttm_ear *ear, rt_device_t device, enum rttm_direction direction)
{
    while (ear != RT_NULL && (ear->device != device || ear->direction != direction))
        ear = ear->next;
    return ear;
}

static void notifier_notify(rt_device_t device, enum rttm_direction direction, uintptr_t value)
{
    struct rttm_ear *ear;
    rt_base_t        level = rt_hw_interrupt_disable();

    for (ear = notifier_find(ears, device, direction); ear != RT_NULL; ear = notifier_find(ear->next, device, direction))
    {
        struct rttm_visit visit;

        rttm_visit_begin(&visit, &ear->listener);
        rt_hw_interrupt_enable(level);
        rttm_listener_call(&ear->listener, value);
        level = rt_hw_interrupt_disable();
        rttm_visit_end(&visit);
    }
    rt_hw_interrupt_enable(level);
}

static rt_err_t notifier_received(rt_device_t device, rt_size_t bytes)
{
    rt_base_t              level = rt_hw_interrupt_disable();
    const struct rttm_ear *ear = notifier_find(ears, device, RTTM_RECEIVED);
    rt_err_t (*before)(rt_device_t device, rt_size_t bytes) = ear != RT_NULL ? ear->received_before : RT_NULL;

    rt_hw_interrupt_enable(level);
    notifier_notify(device, RTTM_RECEIVED, bytes);
    return before != RT_NULL ? before(device, bytes) : RT_EOK;
}

static rt_err_t notifier_sent(rt_device_t device, void *buffer)
{
    rt_base_t              level = rt_hw_interrupt_disable();
    const struct rttm_ear *ear = notifier_find(ears, device, RTTM_SENT);
    rt_err_t (*before)(rt_device_t device, void *buffer) = ear != RT_NULL ? ear->sent_before : RT_NULL;

    rt_hw_interrupt_enable(level);
    notifier_notify(device, RTTM_SENT, (uintptr_t)buffer);
    return before != RT_NULL ? before(device, buffer) : RT_EOK;
}

void rttm_ear_attach(struct rttm_ear *ear, rt_device_t device)
{
    rt_base_t              level = rt_hw_interrupt_disable();
    const struct rttm_ear *other = notifier_find(ears, device, ear->direction);

    ear->received_before = other != RT_NULL ? other->received_before : RT_NULL;
    ear->sent_before = other != RT_NULL ? other->sent_before : RT_NULL;
    if (ear->direction == RTTM_RECEIVED && device->rx_indicate != notifier_received)
    {
        ear->received_before = device->rx_indicate;
        device->rx_indicate = notifier_received;
    }
    if (ear->direction == RTTM_SENT && device->tx_complete != notifier_sent)
    {
        ear->sent_before = device->tx_complete;
        device->tx_complete = notifier_sent;
    }
    ear->device = device;
    ear->next = ears;
    ears = ear;
    rt_hw_interrupt_enable(level);
}

void rttm_ear_detach(struct rttm_ear *ear)
{
    struct rttm_ear **link = &ears;
    rt_device_t       device = ear->device;
    rt_base_t         level;

    if (device == RT_NULL)
        return;
    level = rt_hw_interrupt_disable();
    while (*link != ear)
        link = &(*link)->next;
    *link = ear->next;
    ear->device = RT_NULL;
    if (notifier_find(ears, device, ear->direction) == RT_NULL)
    {
        /* Whoever has taken the place meanwhile keeps it. */
        if (ear->direction == RTTM_RECEIVED && device->rx_indicate == notifier_received)
            device->rx_indicate = ear->received_before;
        if (ear->direction == RTTM_SENT && device->tx_complete == notifier_sent)
            device->tx_complete = ear->sent_before;
    }
    rt_hw_interrupt_enable(level);
}
