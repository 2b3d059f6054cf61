/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated DAC, for QEMU's boards have none: it remembers what was put out, and the shell's command `sim_dac` shows it.
 */
#include <rtthread.h>
#include <rtdevice.h>

#define CHANNELS 2u
#define VALUES   4096u

static struct rt_dac_device dac;
static rt_bool_t            is_enabled[CHANNELS];
static rt_uint32_t          values[CHANNELS];

static rt_err_t set_enabled(rt_uint32_t channel, rt_bool_t enabled)
{
    if (channel >= CHANNELS)
        return -RT_EINVAL;
    is_enabled[channel] = enabled;
    return RT_EOK;
}

static rt_err_t enable(struct rt_dac_device *device, rt_uint32_t channel)
{
    (void)device;
    return set_enabled(channel, RT_TRUE);
}

static rt_err_t disable(struct rt_dac_device *device, rt_uint32_t channel)
{
    (void)device;
    return set_enabled(channel, RT_FALSE);
}

static rt_err_t convert(struct rt_dac_device *device, rt_uint32_t channel, rt_uint32_t *value)
{
    (void)device;
    if (channel >= CHANNELS || !is_enabled[channel] || *value >= VALUES)
        return -RT_EINVAL;
    values[channel] = *value;
    return RT_EOK;
}

static const struct rt_dac_ops operations = {
    .disabled = disable,
    .enabled = enable,
    .convert = convert,
};

static int register_dac(void)
{
    return (int)rt_hw_dac_register(&dac, "dac1", &operations, RT_NULL);
}
INIT_DEVICE_EXPORT(register_dac);

static int sim_dac(void)
{
    rt_uint32_t channel;

    for (channel = 0; channel < CHANNELS; channel++)
        rt_kprintf("channel %u: %s, %u\n", (unsigned)channel, is_enabled[channel] ? "on" : "off",
                   (unsigned)values[channel]);
    return 0;
}
MSH_CMD_EXPORT(sim_dac, show the simulated DAC);
