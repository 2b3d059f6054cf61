/* SPDX-License-Identifier: Apache-2.0 */
/* PWM outputs: period, pulse, and which channels a module has enabled. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_PWM

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "device_class.h"
#include "../module/resource.h"
#include "../port/compat.h"
#include "result.h"
#include "transfer.h"

#define CHANNELS_MAX 32u

struct rttm_pwm
{
    struct rttm_resource  resource;
    struct rt_device_pwm *device;
    uint32_t              enabled; /* a bit for each channel */
};

#ifdef RTTM_PWM_CLASS

static rt_bool_t is_pwm(rt_device_t device)
{
    return device->type == RTTM_PWM_CLASS;
}

#else

static rt_bool_t is_pwm(rt_device_t device)
{
    static const struct rt_pwm_ops operations;
    struct rt_device_pwm           sample;

    rt_memset(&sample, 0, sizeof sample);
    rt_enter_critical();
    rt_device_pwm_register(&sample, "rttm-pwm", &operations, RT_NULL);
    rt_device_unregister(&sample.parent);
    rt_exit_critical();
    return rttm_device_class(device) == rttm_device_class(&sample.parent);
}

#endif

/* Disables the channels that the module has left enabled. The kernel would leave them on. */
static void pwm_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_pwm *pwm = (struct rttm_pwm *)resource;
    uint32_t         channel;

    (void)cause;
    for (channel = 0; channel < CHANNELS_MAX; channel++)
    {
        if (pwm->enabled & (1u << channel))
            rt_pwm_disable(pwm->device, (int)channel);
    }
    rttm_resource_free(resource);
}

static const struct rttm_class pwm_class = {.release = pwm_release};

int32_t rttm_pwm_open(const char *name, uint32_t name_length, struct rttm_pwm **pwm)
{
    rt_device_t      device = rttm_find_device(name, name_length);
    struct rttm_pwm *made;

    if (device == RT_NULL || !is_pwm(device))
        return RTTM_ERROR_NOT_FOUND;
    made = rttm_resource_new(&pwm_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->device = (struct rt_device_pwm *)device;
    rttm_resource_enroll(&made->resource);
    *pwm = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_pwm_open)

int32_t rttm_pwm_set(struct rttm_pwm *pwm, uint32_t channel, uint32_t period_nanoseconds, uint32_t pulse_nanoseconds)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (channel >= CHANNELS_MAX || period_nanoseconds == 0 || pulse_nanoseconds > period_nanoseconds)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_pwm_set(pwm->device, (int)channel, period_nanoseconds, pulse_nanoseconds));
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_pwm_set)

int32_t rttm_pwm_enable(struct rttm_pwm *pwm, uint32_t channel)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_pwm_enable(pwm->device, (int)channel));
    if (result == RTTM_OK)
        pwm->enabled |= 1u << channel;
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_pwm_enable)

int32_t rttm_pwm_disable(struct rttm_pwm *pwm, uint32_t channel)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (channel >= CHANNELS_MAX)
        return RTTM_ERROR_INVALID;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_pwm_disable(pwm->device, (int)channel));
    if (result == RTTM_OK)
        pwm->enabled &= ~(1u << channel);
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_pwm_disable)

#endif /* RTT_MOD_USING_PWM */
