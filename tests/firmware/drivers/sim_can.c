/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated CAN controller: what it sends arrives at itself, one tick later and from an interrupt, if a filter lets it through.
 * Nobody acknowledges a frame with the identifier 0x7FF.
 */
#include <rtthread.h>
#include <rtdevice.h>

#define UNHEARD     0x7FFu
#define FILTERS_MAX 4u

/* The highest rate of the data of CAN FD. */
#define DATA_BAUD_MAX 8000000u

/* Kernels before 4.1.1 have no CAN FD. */
#if defined(RT_CAN_USING_CANFD) && RTTHREAD_VERSION >= 40101
#define HAS_CAN_FD
#endif

static struct rt_can_device can;
static struct rt_timer      bus;
static struct rt_can_msg    on_its_way;
static rt_uint32_t          box;

/* All frames arrive until there is a filter. */
static struct rt_can_filter_item filters[FILTERS_MAX];
static rt_uint32_t               filters_count;

static rt_bool_t lets_through(const struct rt_can_filter_item *filter, const struct rt_can_msg *message)
{
    return filter->ide == message->ide && filter->rtr == message->rtr &&
           (filter->id & filter->mask) == (message->id & filter->mask);
}

static rt_bool_t is_wanted(const struct rt_can_msg *message)
{
    rt_uint32_t i;

    for (i = 0; i < filters_count && !lets_through(&filters[i], message); i++)
        ;
    return filters_count == 0 || i < filters_count;
}

static rt_err_t set_filters(const struct rt_can_filter_config *configuration)
{
    if (configuration->count > FILTERS_MAX)
        return -RT_EFULL;
    filters_count = configuration->count;
    rt_memcpy(filters, configuration->items, filters_count * sizeof filters[0]);
    return RT_EOK;
}

static void arrive(void *context)
{
    (void)context;
    if (on_its_way.id == UNHEARD)
    {
        rt_hw_can_isr(&can, (int)(RT_CAN_EVENT_TX_FAIL | box << 8));
        return;
    }
    rt_hw_can_isr(&can, (int)(RT_CAN_EVENT_TX_DONE | box << 8));
    if (is_wanted(&on_its_way))
        rt_hw_can_isr(&can, RT_CAN_EVENT_RX_IND);
}

#ifdef HAS_CAN_FD
static rt_err_t control_fd(struct rt_can_device *device, int command, rt_ubase_t number)
{
    if (command == RT_CAN_CMD_SET_CANFD)
        device->config.enable_canfd = number != 0;
    else if (number <= DATA_BAUD_MAX)
        device->config.baud_rate_fd = (rt_uint32_t)number;
    else
        return -RT_EINVAL;
    return RT_EOK;
}

static rt_bool_t may_send(const struct rt_can_device *device, const struct rt_can_msg *message)
{
    return !message->fd_frame || (device->config.enable_canfd && message->len <= CAN_MSG_64BYTES && !message->rtr);
}
#else
static rt_bool_t may_send(const struct rt_can_device *device, const struct rt_can_msg *message)
{
    (void)device;
    return message->len <= 8;
}
#endif

static rt_err_t configure(struct rt_can_device *device, struct can_configure *configuration)
{
    (void)device;
    (void)configuration;
    return RT_EOK;
}

static rt_err_t control(struct rt_can_device *device, int command, void *argument)
{
    switch (command)
    {
    case RT_CAN_CMD_SET_BAUD:
        if ((rt_ubase_t)argument > CAN1MBaud)
            return -RT_EINVAL;
        device->config.baud_rate = (rt_uint32_t)(rt_ubase_t)argument;
        return RT_EOK;
    case RT_CAN_CMD_SET_MODE:
        device->config.mode = (rt_ubase_t)argument & 0xFFu;
        return RT_EOK;
    case RT_CAN_CMD_SET_FILTER:
        return set_filters(argument);
#ifdef HAS_CAN_FD
    case RT_CAN_CMD_SET_CANFD:
    case RT_CAN_CMD_SET_BAUD_FD:
        return control_fd(device, command, (rt_ubase_t)argument);
#endif
    case RT_DEVICE_CTRL_SET_INT:
    case RT_DEVICE_CTRL_CLR_INT:
    case RT_CAN_CMD_GET_STATUS:
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static int send(struct rt_can_device *device, const void *message, rt_uint32_t number)
{
    if (!may_send(device, message))
        return -RT_EINVAL;
    on_its_way = *(const struct rt_can_msg *)message;
    box = number;
    return (int)rt_timer_start(&bus);
}

static int receive(struct rt_can_device *device, void *message, rt_uint32_t number)
{
    (void)device;
    (void)number;
    *(struct rt_can_msg *)message = on_its_way;
    return RT_EOK;
}

static const struct rt_can_ops operations = {
    .configure = configure,
    .control = control,
    .sendmsg = send,
    .recvmsg = receive,
};

static int register_can(void)
{
    can.config.baud_rate = CAN1MBaud;
    can.config.msgboxsz = 4;
    can.config.sndboxnumber = 1;
    can.config.ticks = RT_TICK_PER_SECOND;
    rt_timer_init(&bus, "can", arrive, RT_NULL, 1, RT_TIMER_FLAG_HARD_TIMER);
    return (int)rt_hw_can_register(&can, "can1", &operations, RT_NULL);
}
INIT_DEVICE_EXPORT(register_can);

static int sim_can(void)
{
    rt_kprintf("can1: %u baud, mode %u", (unsigned)can.config.baud_rate, (unsigned)can.config.mode);
#ifdef HAS_CAN_FD
    if (can.config.enable_canfd)
        rt_kprintf(", CAN FD at %u baud", (unsigned)can.config.baud_rate_fd);
#endif
    rt_kprintf("\n");
    return 0;
}
MSH_CMD_EXPORT(sim_can, show the simulated CAN controller);
