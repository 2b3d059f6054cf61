/* SPDX-License-Identifier: Apache-2.0 */
/* Analog outputs: the channels of a kernel's DAC, which stay enabled until the last handle is closed. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_DAC

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "../module/resource.h"
#include "../port/compat.h"
#include "device_class.h"
#include "result.h"
#include "transfer.h"

#define CHANNELS_MAX 32u

struct rttm_dac
{
    struct rttm_resource resource;
    rt_dac_device_t      device;
    uint32_t             enabled; /* a bit for each channel */
};

static rt_err_t dac_convert_nothing(struct rt_dac_device *device, rt_uint32_t channel, rt_uint32_t *value)
{
    (void)device;
    (void)channel;
    (void)value;
    return -RT_ENOSYS;
}

static rt_bool_t is_dac(rt_device_t device)
{
    static const struct rt_dac_ops operations = {.convert = dac_convert_nothing};
    struct rt_dac_device           sample;

    rt_memset(&sample, 0, sizeof sample);
    rt_enter_critical();
    rt_hw_dac_register(&sample, "rttm-dac", &operations, RT_NULL);
    rt_device_unregister(&sample.parent);
    rt_exit_critical();
    return rttm_device_class(device) == rttm_device_class(&sample.parent);
}

struct channel
{
    rt_dac_device_t device;
    uint32_t        bit;
};

static rt_bool_t dac_has_channel(const struct rttm_resource *resource, const void *context)
{
    const struct rttm_dac *dac = (const struct rttm_dac *)resource;
    const struct channel  *channel = context;

    return dac->device == channel->device && (dac->enabled & channel->bit) != 0;
}

static void dac_release(struct rttm_resource *resource, enum rttm_release_cause cause);

static const struct rttm_class dac_class = {.release = dac_release};

static void dac_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_dac *dac = (struct rttm_dac *)resource;
    uint32_t         number;

    (void)cause;
    for (number = 0; number < CHANNELS_MAX; number++)
    {
        struct channel channel = {dac->device, 1u << number};

        /* The driver's function: 4.0 declares rt_dac_disable and defines it by another name. */
        if ((dac->enabled & channel.bit) && rttm_resource_find(&dac_class, dac_has_channel, &channel) == RT_NULL &&
            dac->device->ops->disabled != RT_NULL)
            dac->device->ops->disabled(dac->device, number);
    }
    rttm_resource_free(resource);
}

int32_t rttm_dac_open(const char *name, uint32_t name_length, struct rttm_dac **dac)
{
    rt_device_t      device = rttm_find_device(name, name_length);
    struct rttm_dac *made;

    if (device == RT_NULL || !is_dac(device))
        return RTTM_ERROR_NOT_FOUND;
    made = rttm_resource_new(&dac_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->device = (rt_dac_device_t)device;
    rttm_resource_enroll(&made->resource);
    *dac = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_dac_open)

int32_t rttm_dac_enable(struct rttm_dac *dac, uint32_t channel)
{
    struct rttm_cancel_scope scope;
    rt_err_t                 error;
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    error = rt_dac_enable(dac->device, channel);
    /* A driver without a switch has its channels always on. */
    if (error == RT_EOK)
        dac->enabled |= 1u << channel;
    else if (error == -RT_ENOSYS)
        error = RT_EOK;
    rttm_transfer_end(&scope);
    return rttm_result(error);
}
RTM_EXPORT(rttm_dac_enable)

int32_t rttm_dac_write(struct rttm_dac *dac, uint32_t channel, uint32_t value)
{
    struct rttm_cancel_scope scope;
    rt_uint32_t              converted = value;
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    /* The driver's function, because rt_dac_write hides its result. */
    result = rttm_result(dac->device->ops->convert(dac->device, channel, &converted));
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_dac_write)

#endif /* RTT_MOD_USING_DAC */
