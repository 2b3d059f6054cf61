/* SPDX-License-Identifier: Apache-2.0 */
/* Analog inputs: the channels of a kernel's ADC, which stay enabled until the last handle is closed. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_ADC

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "device_class.h"
#include "../module/resource.h"
#include "../port/compat.h"
#include "result.h"
#include "transfer.h"

#define CHANNELS_MAX 32u

struct rttm_adc
{
    struct rttm_resource resource;
    rt_adc_device_t      device;
    uint32_t             enabled; /* a bit for each channel */
};

#ifdef RTTM_ADC_CLASS

static rt_bool_t is_adc(rt_device_t device)
{
    return device->type == RTTM_ADC_CLASS;
}

#else

static rt_err_t adc_convert_nothing(struct rt_adc_device *device, rt_uint32_t channel, rt_uint32_t *value)
{
    (void)device;
    (void)channel;
    (void)value;
    return -RT_ENOSYS;
}

static rt_bool_t is_adc(rt_device_t device)
{
    static const struct rt_adc_ops operations = {.convert = adc_convert_nothing};
    struct rt_adc_device           sample;

    rt_memset(&sample, 0, sizeof sample);
    rt_enter_critical();
    rt_hw_adc_register(&sample, "rttm-adc", &operations, RT_NULL);
    rt_device_unregister(&sample.parent);
    rt_exit_critical();
    return rttm_device_class(device) == rttm_device_class(&sample.parent);
}

#endif

struct channel
{
    rt_adc_device_t device;
    uint32_t        bit;
};

static rt_bool_t adc_has_channel(const struct rttm_resource *resource, const void *context)
{
    const struct rttm_adc *adc = (const struct rttm_adc *)resource;
    const struct channel  *channel = context;

    return adc->device == channel->device && (adc->enabled & channel->bit) != 0;
}

static void adc_release(struct rttm_resource *resource, enum rttm_release_cause cause);

static const struct rttm_class adc_class = {.release = adc_release};

static void adc_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_adc *adc = (struct rttm_adc *)resource;
    uint32_t         number;

    (void)cause;
    for (number = 0; number < CHANNELS_MAX; number++)
    {
        struct channel channel = {adc->device, 1u << number};

        if ((adc->enabled & channel.bit) && rttm_resource_find(&adc_class, adc_has_channel, &channel) == RT_NULL)
            rt_adc_disable(adc->device, number);
    }
    rttm_resource_free(resource);
}

int32_t rttm_adc_open(const char *name, uint32_t name_length, struct rttm_adc **adc)
{
    rt_device_t      device = rttm_find_device(name, name_length);
    struct rttm_adc *made;

    if (device == RT_NULL || !is_adc(device))
        return RTTM_ERROR_NOT_FOUND;
    made = rttm_resource_new(&adc_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->device = (rt_adc_device_t)device;
    rttm_resource_enroll(&made->resource);
    *adc = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_adc_open)

int32_t rttm_adc_enable(struct rttm_adc *adc, uint32_t channel)
{
    struct rttm_cancel_scope scope;
    rt_err_t                 error;
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    error = rt_adc_enable(adc->device, channel);
    /* A driver without a switch has its channels always on. */
    if (error == RT_EOK)
        adc->enabled |= 1u << channel;
    else if (error == -RT_ENOSYS)
        error = RT_EOK;
    rttm_transfer_end(&scope);
    return rttm_result(error);
}
RTM_EXPORT(rttm_adc_enable)

int32_t rttm_adc_read(struct rttm_adc *adc, uint32_t channel, uint32_t *value)
{
    struct rttm_cancel_scope scope;
    rt_uint32_t              converted = 0;
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    /* The driver's function, because rt_adc_read hides its result. */
    result = rttm_result(adc->device->ops->convert(adc->device, channel, &converted));
    *value = converted;
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_adc_read)

#endif /* RTT_MOD_USING_ADC */
