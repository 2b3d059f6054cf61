/* SPDX-License-Identifier: Apache-2.0 */
/* Device notifiers: calls the callbacks of modules when a device has received or sent something. */
#include <rtthread.h>
#include <rthw.h>

#include "../module/resource.h"
#include "device.h"

/* The attached notifiers. Changed with interrupts off. */
static struct rttm_device_notifier *notifiers;

/* The first notifier for the device and direction in the list that begins with `notifier`. With interrupts off. */
static struct rttm_device_notifier *notifier_find(struct rttm_device_notifier *notifier, rt_device_t device,
                                                  enum rttm_direction direction)
{
    while (notifier != RT_NULL && (notifier->device != device || notifier->direction != direction))
        notifier = notifier->next;
    return notifier;
}

/* The same, pinned: it stays until it is unpinned. Those of devices that are closed are left out. */
static struct rttm_device_notifier *notifier_pin(struct rttm_device_notifier *notifier, rt_device_t device,
                                                 enum rttm_direction direction)
{
    notifier = notifier_find(notifier, device, direction);
    while (notifier != RT_NULL && !rttm_pin(notifier->bound.resource))
        notifier = notifier_find(notifier->next, device, direction);
    return notifier;
}

static void notifier_notify(rt_device_t device, enum rttm_direction direction, uintptr_t value)
{
    struct rttm_device_notifier *notifier, *next;
    rt_base_t                    level = rt_hw_interrupt_disable();

    notifier = notifier_pin(notifiers, device, direction);
    rt_hw_interrupt_enable(level);
    for (; notifier != RT_NULL; notifier = next)
    {
        rttm_callback_call(&notifier->bound, value);
        level = rt_hw_interrupt_disable();
        next = notifier_pin(notifier->next, device, direction);
        rt_hw_interrupt_enable(level);
        rttm_unpin(notifier->bound.resource);
    }
}

static rt_err_t notifier_received(rt_device_t device, rt_size_t bytes)
{
    rt_base_t                          level = rt_hw_interrupt_disable();
    const struct rttm_device_notifier *notifier = notifier_find(notifiers, device, RTTM_RECEIVED);
    rt_err_t (*before)(rt_device_t device, rt_size_t bytes) = notifier != RT_NULL ? notifier->received_before : RT_NULL;

    rt_hw_interrupt_enable(level);
    notifier_notify(device, RTTM_RECEIVED, bytes);
    return before != RT_NULL ? before(device, bytes) : RT_EOK;
}

static rt_err_t notifier_sent(rt_device_t device, void *buffer)
{
    rt_base_t                          level = rt_hw_interrupt_disable();
    const struct rttm_device_notifier *notifier = notifier_find(notifiers, device, RTTM_SENT);
    rt_err_t (*before)(rt_device_t device, void *buffer) = notifier != RT_NULL ? notifier->sent_before : RT_NULL;

    rt_hw_interrupt_enable(level);
    notifier_notify(device, RTTM_SENT, (uintptr_t)buffer);
    return before != RT_NULL ? before(device, buffer) : RT_EOK;
}

void rttm_device_notifier_attach(struct rttm_device_notifier *notifier, rt_device_t device)
{
    rt_base_t                          level = rt_hw_interrupt_disable();
    const struct rttm_device_notifier *other = notifier_find(notifiers, device, notifier->direction);

    notifier->received_before = other != RT_NULL ? other->received_before : RT_NULL;
    notifier->sent_before = other != RT_NULL ? other->sent_before : RT_NULL;
    if (notifier->direction == RTTM_RECEIVED && device->rx_indicate != notifier_received)
    {
        notifier->received_before = device->rx_indicate;
        device->rx_indicate = notifier_received;
    }
    if (notifier->direction == RTTM_SENT && device->tx_complete != notifier_sent)
    {
        notifier->sent_before = device->tx_complete;
        device->tx_complete = notifier_sent;
    }
    notifier->device = device;
    notifier->next = notifiers;
    notifiers = notifier;
    rt_hw_interrupt_enable(level);
}

void rttm_device_notifier_detach(struct rttm_device_notifier *notifier)
{
    struct rttm_device_notifier **link = &notifiers;
    rt_device_t                   device = notifier->device;
    rt_base_t                     level;

    if (device == RT_NULL)
        return;
    level = rt_hw_interrupt_disable();
    while (*link != notifier)
        link = &(*link)->next;
    *link = notifier->next;
    notifier->device = RT_NULL;
    if (notifier_find(notifiers, device, notifier->direction) == RT_NULL)
    {
        /* A function that was set meanwhile stays. */
        if (notifier->direction == RTTM_RECEIVED && device->rx_indicate == notifier_received)
            device->rx_indicate = notifier->received_before;
        if (notifier->direction == RTTM_SENT && device->tx_complete == notifier_sent)
            device->tx_complete = notifier->sent_before;
    }
    rt_hw_interrupt_enable(level);
}
