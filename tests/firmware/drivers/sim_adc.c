/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated ADC, for QEMU's boards have none: each channel is a ramp of 12 bits that goes up by one hundred with every
 * conversion, and channel n begins at n. A channel that is not enabled converts nothing.
 */
#include <rtthread.h>
#include <rtdevice.h>

#define CHANNELS 4u
#define STEP     100u
#define VALUES   4096u

static struct rt_adc_device adc;
static rt_bool_t            is_enabled[CHANNELS];
static rt_uint32_t          next[CHANNELS];

static rt_err_t enable(struct rt_adc_device *device, rt_uint32_t channel, rt_bool_t enabled)
{
    (void)device;
    if (channel >= CHANNELS)
        return -RT_EINVAL;
    is_enabled[channel] = enabled;
    next[channel] = channel;
    return RT_EOK;
}

static rt_err_t convert(struct rt_adc_device *device, rt_uint32_t channel, rt_uint32_t *value)
{
    (void)device;
    if (channel >= CHANNELS || !is_enabled[channel])
        return -RT_EINVAL;
    *value = next[channel];
    next[channel] = (next[channel] + STEP) % VALUES;
    return RT_EOK;
}

static const struct rt_adc_ops operations = {
    .enabled = enable,
    .convert = convert,
};

static int register_adc(void)
{
    return (int)rt_hw_adc_register(&adc, "adc1", &operations, RT_NULL);
}
INIT_DEVICE_EXPORT(register_adc);
