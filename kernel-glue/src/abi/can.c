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

int32_t rttm_can_send(struct rttm_device *device, const struct rttm_can_frame *frame)
{
    struct rt_can_msg message;
    int32_t           result = can_check(device);

    if (result != RTTM_OK)
        return result;
    if (frame->length > LENGTH_MAX)
        return RTTM_ERROR_INVALID;
    rt_memset(&message, 0, sizeof message);
    message.id = frame->id & ID_MASK;
    message.ide = (frame->flags & RTTM_CAN_EXTENDED) != 0;
    message.rtr = (frame->flags & RTTM_CAN_REMOTE) != 0;
    message.len = frame->length;
    rt_memcpy(message.data, frame->bytes, sizeof frame->bytes);
    result = rttm_device_write(device, 0, &message, sizeof message);
    if (result == 0)
        return RTTM_ERROR_IO; /* nobody has acknowledged it */
    return result < 0 ? result : RTTM_OK;
}
RTM_EXPORT(rttm_can_send)

int32_t rttm_can_receive(struct rttm_device *device, struct rttm_can_frame *frame)
{
    struct rt_can_msg message;
    int32_t           result = can_check(device);

    if (result != RTTM_OK)
        return result;
    rt_memset(&message, 0, sizeof message);
    message.RTTM_CAN_FILTER = -1;
    result = rttm_device_read(device, 0, &message, sizeof message);
    if (result <= 0)
        return result < 0 ? result : RTTM_ERROR_EMPTY;
    frame->id = message.id;
    frame->flags = (uint8_t)((message.ide ? RTTM_CAN_EXTENDED : 0u) | (message.rtr ? RTTM_CAN_REMOTE : 0u));
    frame->length = (uint8_t)(message.len < LENGTH_MAX ? message.len : LENGTH_MAX);
    rt_memcpy(frame->bytes, message.data, sizeof frame->bytes);
    return RTTM_OK;
}
RTM_EXPORT(rttm_can_receive)

int32_t rttm_can_set(struct rttm_device *device, uint32_t property, uint32_t value)
{
    static const struct rttm_device_class class = {
        .has = can_has,
        .commands_count = 2,
        .commands = {RT_CAN_CMD_SET_BAUD, RT_CAN_CMD_SET_MODE},
    };

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
