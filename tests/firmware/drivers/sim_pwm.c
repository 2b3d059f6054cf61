/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated PWM, for QEMU's boards have none: it remembers what was set, and the shell's command `sim_pwm` shows it.
 */
#include <finsh.h>
#include <rtthread.h>
#include <rtdevice.h>

#define CHANNELS 4u

struct channel
{
    rt_bool_t   is_enabled;
    rt_uint32_t period;
    rt_uint32_t pulse;
};

static struct rt_device_pwm pwm;
static struct channel       channels[CHANNELS];

static rt_err_t control(struct rt_device_pwm *device, int command, void *argument)
{
    struct rt_pwm_configuration *configuration = argument;
    struct channel              *channel = &channels[configuration->channel % CHANNELS];

    (void)device;
    if (configuration->channel >= CHANNELS)
        return -RT_EINVAL;
    switch (command)
    {
    case PWM_CMD_ENABLE:
        channel->is_enabled = RT_TRUE;
        return RT_EOK;
    case PWM_CMD_DISABLE:
        channel->is_enabled = RT_FALSE;
        return RT_EOK;
    case PWM_CMD_SET:
        channel->period = configuration->period;
        channel->pulse = configuration->pulse;
        return RT_EOK;
    case PWM_CMD_GET:
        configuration->period = channel->period;
        configuration->pulse = channel->pulse;
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static const struct rt_pwm_ops operations = {.control = control};

static int register_pwm(void)
{
    return (int)rt_device_pwm_register(&pwm, "pwm1", &operations, RT_NULL);
}
INIT_DEVICE_EXPORT(register_pwm);

static int sim_pwm(void)
{
    rt_uint32_t i;

    for (i = 0; i < CHANNELS; i++)
    {
        if (channels[i].period > 0)
            rt_kprintf("channel %u is %s: %u of %u ns\n", i, channels[i].is_enabled ? "on" : "off", channels[i].pulse,
                       channels[i].period);
    }
    return 0;
}
MSH_CMD_EXPORT(sim_pwm, show the simulated PWM);
