/* SPDX-License-Identifier: Apache-2.0 */
/* CAN controllers: ordinary devices, whose frames have another layout in each version of the kernel. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_CAN

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "../port/compat.h"
#include "device.h"
#include "device_class.h"

#define LENGTH_MAX 8u
#define ID_MASK    0x1FFFFFFFu

/* More than any controller has. */
#define FILTERS_MAX 256u

/* A filter of the kernel's has no place among the controller's that the caller would choose. */
#define ANY_BANK (-1)

static rt_bool_t can_has(rt_device_t device)
{
    return device->type == RT_Device_Class_CAN;
}

static int32_t can_check(const struct rttm_device *device)
{
    rt_device_t kernel = rttm_device_kernel(device);

    if (kernel == RT_NULL)
        return RTTM_ERROR_INVALID;
    return can_has(kernel) ? RTTM_OK : RTTM_ERROR_UNSUPPORTED;
}

/* What `message` has besides its length and its bytes. */
static void can_fill_message(struct rt_can_msg *message, rt_uint32_t id, rt_uint32_t flags)
{
    rt_memset(message, 0, sizeof *message);
    message->id = id & ID_MASK;
    message->ide = (flags & RTTM_CAN_EXTENDED) != 0;
    message->rtr = (flags & RTTM_CAN_REMOTE) != 0;
#ifdef RTTM_HAS_CAN_FD
    message->fd_frame = (flags & RTTM_CAN_IS_FD) != 0;
    message->brs = (flags & RTTM_CAN_RATE_SWITCH) != 0;
#endif
}

static int32_t can_write(struct rttm_device *device, const struct rt_can_msg *message)
{
    int32_t result = rttm_device_write(device, 0, message, sizeof *message);

    if (result == 0)
        return RTTM_ERROR_IO; /* nobody has acknowledged it */
    return result < 0 ? result : RTTM_OK;
}

static int32_t can_read(struct rttm_device *device, struct rt_can_msg *message)
{
    int32_t result = can_check(device);

    if (result != RTTM_OK)
        return result;
    rt_memset(message, 0, sizeof *message);
    message->RTTM_CAN_FILTER = -1;
    result = rttm_device_read(device, 0, message, sizeof *message);
    if (result <= 0)
        return result < 0 ? result : RTTM_ERROR_EMPTY;
    return RTTM_OK;
}

static rt_bool_t can_is_fd(const struct rt_can_msg *message)
{
#ifdef RTTM_HAS_CAN_FD
    return message->fd_frame;
#else
    (void)message;
    return RT_FALSE;
#endif
}

static rt_uint8_t can_flags(const struct rt_can_msg *message)
{
    return (rt_uint8_t)((message->ide ? RTTM_CAN_EXTENDED : 0u) | (message->rtr ? RTTM_CAN_REMOTE : 0u));
}

static rt_uint8_t can_length(const struct rt_can_msg *message)
{
    return (rt_uint8_t)(message->len < LENGTH_MAX ? message->len : LENGTH_MAX);
}

int32_t rttm_can_send(struct rttm_device *device, const struct rttm_can_frame *frame)
{
    struct rt_can_msg message;
    int32_t           result = can_check(device);

    if (result != RTTM_OK)
        return result;
    if (frame->length > LENGTH_MAX)
        return RTTM_ERROR_INVALID;
    can_fill_message(&message, frame->id, frame->flags & (RTTM_CAN_EXTENDED | RTTM_CAN_REMOTE));
    message.len = frame->length;
    rt_memcpy(message.data, frame->bytes, sizeof frame->bytes);
    return can_write(device, &message);
}
RTM_EXPORT(rttm_can_send)

int32_t rttm_can_receive(struct rttm_device *device, struct rttm_can_frame *frame)
{
    struct rt_can_msg message;
    int32_t           result;

    do
        result = can_read(device, &message);
    while (result == RTTM_OK && can_is_fd(&message));
    if (result != RTTM_OK)
        return result;
    frame->id = message.id;
    frame->flags = can_flags(&message);
    frame->length = can_length(&message);
    rt_memcpy(frame->bytes, message.data, sizeof frame->bytes);
    return RTTM_OK;
}
RTM_EXPORT(rttm_can_receive)

#ifdef RTTM_HAS_CAN_FD

/* By the number that a frame has for it, which the framework has in place of the length: enum CAN_DLC. */
static const rt_uint8_t fd_lengths[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 20, 24, 32, 48, 64};

#define FD_CODES (sizeof fd_lengths)

/* FD_CODES: no frame has that length. */
static rt_uint32_t fd_code(rt_uint32_t length)
{
    rt_uint32_t code;

    for (code = 0; code < FD_CODES && fd_lengths[code] != length; code++)
        continue;
    return code;
}

int32_t rttm_can_fd_send(struct rttm_device *device, const struct rttm_can_fd_frame *frame)
{
    struct rt_can_msg message;
    rt_bool_t         is_fd = (frame->flags & RTTM_CAN_IS_FD) != 0;
    rt_uint32_t       code = fd_code(frame->length);
    int32_t           result = can_check(device);

    if (result != RTTM_OK)
        return result;
    if (code >= FD_CODES || (is_fd ? (frame->flags & RTTM_CAN_REMOTE) != 0 : code > LENGTH_MAX))
        return RTTM_ERROR_INVALID;
    can_fill_message(&message, frame->id, is_fd ? frame->flags : frame->flags & ~RTTM_CAN_RATE_SWITCH);
    message.len = code;
    rt_memcpy(message.data, frame->bytes, frame->length);
    return can_write(device, &message);
}

int32_t rttm_can_fd_receive(struct rttm_device *device, struct rttm_can_fd_frame *frame)
{
    struct rt_can_msg message;
    int32_t           result = can_read(device, &message);

    if (result != RTTM_OK)
        return result;
    rt_memset(frame, 0, sizeof *frame);
    frame->id = message.id;
    frame->flags = can_flags(&message);
    frame->length = can_length(&message);
    if (message.fd_frame)
    {
        frame->flags |= (rt_uint8_t)(RTTM_CAN_IS_FD | (message.brs ? RTTM_CAN_RATE_SWITCH : 0u));
        frame->length = fd_lengths[message.len < FD_CODES ? message.len : FD_CODES - 1];
    }
    rt_memcpy(frame->bytes, message.data, frame->length);
    return RTTM_OK;
}

#else

int32_t rttm_can_fd_send(struct rttm_device *device, const struct rttm_can_fd_frame *frame)
{
    (void)device;
    (void)frame;
    return RTTM_ERROR_UNSUPPORTED;
}

int32_t rttm_can_fd_receive(struct rttm_device *device, struct rttm_can_fd_frame *frame)
{
    (void)device;
    (void)frame;
    return RTTM_ERROR_UNSUPPORTED;
}

#endif /* RTTM_HAS_CAN_FD */

RTM_EXPORT(rttm_can_fd_send)
RTM_EXPORT(rttm_can_fd_receive)

int32_t rttm_can_set(struct rttm_device *device, uint32_t property, uint32_t value)
{
    static const struct rttm_device_class class = {
        .has = can_has,
#ifdef RTTM_HAS_CAN_FD
        .commands_count = 4,
        .commands = {RT_CAN_CMD_SET_BAUD, RT_CAN_CMD_SET_MODE, RT_CAN_CMD_SET_CANFD, RT_CAN_CMD_SET_BAUD_FD},
#else
        .commands_count = 2,
        .commands = {RT_CAN_CMD_SET_BAUD, RT_CAN_CMD_SET_MODE},
#endif
    };

#ifndef RTTM_HAS_CAN_FD
    if (property == RTTM_CAN_FD || property == RTTM_CAN_DATA_BAUD)
        return RTTM_ERROR_UNSUPPORTED;
#endif
    return rttm_class_control(&class, device, property, (void *)(rt_ubase_t)value);
}
RTM_EXPORT(rttm_can_set)

static void can_fill_filter(struct rt_can_filter_item *item, const struct rttm_can_filter *filter)
{
    rt_memset(item, 0, sizeof *item);
    item->id = filter->id & ID_MASK;
    item->mask = filter->mask & ID_MASK;
    item->ide = (filter->flags & RTTM_CAN_EXTENDED) != 0;
    item->rtr = (filter->flags & RTTM_CAN_REMOTE) != 0;
    item->RTTM_CAN_BANK = ANY_BANK;
}

int32_t rttm_can_set_filters(struct rttm_device *device, const struct rttm_can_filter *filters, uint32_t count)
{
    struct rt_can_filter_config config = {.count = count, .actived = 1};
    int32_t                     result = can_check(device);
    uint32_t                    i;

    if (result != RTTM_OK)
        return result;
    if (count == 0 || count > FILTERS_MAX)
        return RTTM_ERROR_INVALID;
    config.items = rt_malloc(count * sizeof *config.items);
    if (config.items == RT_NULL)
        return RTTM_ERROR_OUT_OF_MEMORY;
    for (i = 0; i < count; i++)
        can_fill_filter(&config.items[i], &filters[i]);
    result = rttm_device_control(device, RT_CAN_CMD_SET_FILTER, &config);
    rt_free(config.items);
    return result;
}
RTM_EXPORT(rttm_can_set_filters)

#endif /* RTT_MOD_USING_CAN */
