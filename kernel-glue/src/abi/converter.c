/* SPDX-License-Identifier: Apache-2.0 */
/* Analog inputs, analog outputs and PWM: devices with channels, which stay enabled until the last handle is closed. */
#include "../port/groups.h"
#if defined(RTT_MOD_USING_ADC) || defined(RTT_MOD_USING_DAC) || defined(RTT_MOD_USING_PWM)

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "../module/resource.h"
#include "../port/compat.h"
#include "device_class.h"
#include "result.h"
#include "transfer.h"

#define CHANNELS_MAX 32u

/* What the kinds of converters do in different ways. The kernel's functions have no common one. */
struct converter_kind
{
    rt_bool_t (*has)(rt_device_t device);
    /* -RT_ENOSYS if the channels are always on. */
    rt_err_t (*set_enabled)(rt_device_t device, rt_uint32_t channel, rt_bool_t enabled);
    /* Reads or writes the two values, of which most kinds have one. */
    rt_err_t (*convert)(rt_device_t device, rt_uint32_t channel, rt_uint32_t values[2]);
};

/* Behind the handles `struct rttm_adc`, `rttm_dac` and `rttm_pwm`. */
struct converter
{
    struct rttm_resource         resource;
    const struct converter_kind *kind;
    rt_device_t                  device;
    uint32_t                     enabled; /* a bit for each channel */
};

/* ---- what all kinds have in common ------------------------------------------------------------------------------- */

struct channel
{
    rt_device_t device;
    uint32_t    bit;
};

static rt_bool_t converter_has_channel(const struct rttm_resource *resource, const void *context)
{
    const struct converter *converter = (const struct converter *)resource;
    const struct channel   *channel = context;

    return converter->device == channel->device && (converter->enabled & channel->bit) != 0;
}

static void converter_release(struct rttm_resource *resource, enum rttm_release_cause cause);

static const struct rttm_class converter_class = {.release = converter_release};

static void converter_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct converter *converter = (struct converter *)resource;
    uint32_t          number;

    (void)cause;
    for (number = 0; number < CHANNELS_MAX; number++)
    {
        struct channel channel = {converter->device, 1u << number};

        if ((converter->enabled & channel.bit) &&
            rttm_resource_find(&converter_class, converter_has_channel, &channel) == RT_NULL)
            converter->kind->set_enabled(converter->device, number, RT_FALSE);
    }
    rttm_resource_free(resource);
}

static int32_t converter_open(const struct converter_kind *kind, const char *name, uint32_t name_length, void **handle)
{
    rt_device_t       device = rttm_find_device(name, name_length);
    struct converter *made;

    if (device == RT_NULL || !kind->has(device))
        return RTTM_ERROR_NOT_FOUND;
    made = rttm_resource_new(&converter_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->kind = kind;
    made->device = device;
    rttm_resource_enroll(&made->resource);
    *handle = made;
    return RTTM_OK;
}

static int32_t converter_set_enabled(void *handle, uint32_t channel, rt_bool_t enabled)
{
    struct converter        *converter = handle;
    struct rttm_cancel_scope scope;
    rt_err_t                 error;
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    error = converter->kind->set_enabled(converter->device, channel, enabled);
    if (error == RT_EOK)
        converter->enabled = enabled ? converter->enabled | 1u << channel : converter->enabled & ~(1u << channel);
    else if (error == -RT_ENOSYS)
        error = RT_EOK;
    rttm_transfer_end(&scope);
    return rttm_result(error);
}

static int32_t converter_convert(void *handle, uint32_t channel, uint32_t first, uint32_t second, uint32_t *value)
{
    struct converter        *converter = handle;
    struct rttm_cancel_scope scope;
    rt_uint32_t              values[2] = {first, second};
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = rttm_result(converter->kind->convert(converter->device, channel, values));
    if (value != RT_NULL)
        *value = values[0];
    rttm_transfer_end(&scope);
    return result;
}

/* ---- analog inputs ----------------------------------------------------------------------------------------------- */

#ifdef RTT_MOD_USING_ADC

#ifdef RTTM_ADC_CLASS

static rt_bool_t adc_has(rt_device_t device)
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

static void adc_enlist(union rttm_class_sample *sample, const char *name)
{
    static const struct rt_adc_ops operations = {.convert = adc_convert_nothing};

    rt_hw_adc_register(&sample->adc, name, &operations, RT_NULL);
}

static rt_bool_t adc_has(rt_device_t device)
{
    return rttm_device_is(device, adc_enlist);
}

#endif /* RTTM_ADC_CLASS */

static rt_err_t adc_set_enabled(rt_device_t device, rt_uint32_t channel, rt_bool_t enabled)
{
    rt_adc_device_t adc = (rt_adc_device_t)device;

    return enabled ? rt_adc_enable(adc, channel) : rt_adc_disable(adc, channel);
}

/* The driver's function, because rt_adc_read hides its result. */
static rt_err_t adc_convert(rt_device_t device, rt_uint32_t channel, rt_uint32_t values[2])
{
    rt_adc_device_t adc = (rt_adc_device_t)device;

    return adc->ops->convert(adc, channel, &values[0]);
}

int32_t rttm_adc_open(const char *name, uint32_t name_length, struct rttm_adc **adc)
{
    static const struct converter_kind kind = {adc_has, adc_set_enabled, adc_convert};

    return converter_open(&kind, name, name_length, (void **)adc);
}
RTM_EXPORT(rttm_adc_open)

int32_t rttm_adc_enable(struct rttm_adc *adc, uint32_t channel)
{
    return converter_set_enabled(adc, channel, RT_TRUE);
}
RTM_EXPORT(rttm_adc_enable)

int32_t rttm_adc_read(struct rttm_adc *adc, uint32_t channel, uint32_t *value)
{
    return converter_convert(adc, channel, 0, 0, value);
}
RTM_EXPORT(rttm_adc_read)

#endif /* RTT_MOD_USING_ADC */

/* ---- analog outputs ---------------------------------------------------------------------------------------------- */

#ifdef RTT_MOD_USING_DAC

static rt_err_t dac_convert_nothing(struct rt_dac_device *device, rt_uint32_t channel, rt_uint32_t *value)
{
    (void)device;
    (void)channel;
    (void)value;
    return -RT_ENOSYS;
}

static void dac_enlist(union rttm_class_sample *sample, const char *name)
{
    static const struct rt_dac_ops operations = {.convert = dac_convert_nothing};

    rt_hw_dac_register(&sample->dac, name, &operations, RT_NULL);
}

static rt_bool_t dac_has(rt_device_t device)
{
    return rttm_device_is(device, dac_enlist);
}

/* The driver's functions: 4.0 declares rt_dac_disable and defines it by another name. */
static rt_err_t dac_set_enabled(rt_device_t device, rt_uint32_t channel, rt_bool_t enabled)
{
    rt_dac_device_t dac = (rt_dac_device_t)device;
    rt_err_t (*set)(struct rt_dac_device *, rt_uint32_t) = enabled ? dac->ops->enabled : dac->ops->disabled;

    return set != RT_NULL ? set(dac, channel) : -RT_ENOSYS;
}

/* The driver's function, because rt_dac_write hides its result. */
static rt_err_t dac_convert(rt_device_t device, rt_uint32_t channel, rt_uint32_t values[2])
{
    rt_dac_device_t dac = (rt_dac_device_t)device;

    return dac->ops->convert(dac, channel, &values[0]);
}

int32_t rttm_dac_open(const char *name, uint32_t name_length, struct rttm_dac **dac)
{
    static const struct converter_kind kind = {dac_has, dac_set_enabled, dac_convert};

    return converter_open(&kind, name, name_length, (void **)dac);
}
RTM_EXPORT(rttm_dac_open)

int32_t rttm_dac_enable(struct rttm_dac *dac, uint32_t channel)
{
    return converter_set_enabled(dac, channel, RT_TRUE);
}
RTM_EXPORT(rttm_dac_enable)

int32_t rttm_dac_write(struct rttm_dac *dac, uint32_t channel, uint32_t value)
{
    return converter_convert(dac, channel, value, 0, RT_NULL);
}
RTM_EXPORT(rttm_dac_write)

#endif /* RTT_MOD_USING_DAC */

/* ---- PWM --------------------------------------------------------------------------------------------------------- */

#ifdef RTT_MOD_USING_PWM

#ifdef RTTM_PWM_CLASS

static rt_bool_t pwm_has(rt_device_t device)
{
    return device->type == RTTM_PWM_CLASS;
}

#else

static void pwm_enlist(union rttm_class_sample *sample, const char *name)
{
    static const struct rt_pwm_ops operations;

    rt_device_pwm_register(&sample->pwm, name, &operations, RT_NULL);
}

static rt_bool_t pwm_has(rt_device_t device)
{
    return rttm_device_is(device, pwm_enlist);
}

#endif /* RTTM_PWM_CLASS */

static rt_err_t pwm_set_enabled(rt_device_t device, rt_uint32_t channel, rt_bool_t enabled)
{
    struct rt_device_pwm *pwm = (struct rt_device_pwm *)device;

    return enabled ? rt_pwm_enable(pwm, (int)channel) : rt_pwm_disable(pwm, (int)channel);
}

/* The values are those of a period and a pulse, in nanoseconds. */
static rt_err_t pwm_convert(rt_device_t device, rt_uint32_t channel, rt_uint32_t values[2])
{
    return rt_pwm_set((struct rt_device_pwm *)device, (int)channel, values[0], values[1]);
}

int32_t rttm_pwm_open(const char *name, uint32_t name_length, struct rttm_pwm **pwm)
{
    static const struct converter_kind kind = {pwm_has, pwm_set_enabled, pwm_convert};

    return converter_open(&kind, name, name_length, (void **)pwm);
}
RTM_EXPORT(rttm_pwm_open)

int32_t rttm_pwm_set(struct rttm_pwm *pwm, uint32_t channel, uint32_t period_nanoseconds, uint32_t pulse_nanoseconds)
{
    if (period_nanoseconds == 0 || pulse_nanoseconds > period_nanoseconds)
        return RTTM_ERROR_INVALID;
    return converter_convert(pwm, channel, period_nanoseconds, pulse_nanoseconds, RT_NULL);
}
RTM_EXPORT(rttm_pwm_set)

int32_t rttm_pwm_enable(struct rttm_pwm *pwm, uint32_t channel)
{
    return converter_set_enabled(pwm, channel, RT_TRUE);
}
RTM_EXPORT(rttm_pwm_enable)

int32_t rttm_pwm_disable(struct rttm_pwm *pwm, uint32_t channel)
{
    return converter_set_enabled(pwm, channel, RT_FALSE);
}
RTM_EXPORT(rttm_pwm_disable)

#endif /* RTT_MOD_USING_PWM */

#endif /* any of them */
