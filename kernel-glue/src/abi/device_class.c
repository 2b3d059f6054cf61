/* SPDX-License-Identifier: Apache-2.0 */
/* Classes of devices: what a device really is, and commands to devices of one class. */
#include "device_class.h"

#include <rtthread.h>

#include "device.h"

/* The functions of `device`, which tell its class. */
static const void *class_functions(const struct rt_device *device)
{
#ifdef RT_USING_DEVICE_OPS
    return device->ops;
#else
    return (const void *)(rt_ubase_t)device->control;
#endif
}

rt_bool_t rttm_device_is(rt_device_t device, void (*enlist)(union rttm_class_sample *sample, const char *name))
{
    union rttm_class_sample sample;

    rt_memset(&sample, 0, sizeof sample);
    rt_enter_critical();
    enlist(&sample, "rttm");
    rt_device_unregister(&sample.device);
    rt_exit_critical();
    return class_functions(device) == class_functions(&sample.device);
}

#ifdef RTT_MOD_USING_DEVICE

int32_t rttm_class_control(const struct rttm_device_class *class, struct rttm_device *device, uint32_t command,
                           void *argument)
{
    rt_device_t kernel = rttm_device_kernel(device);

    if (kernel == RT_NULL || command >= class->commands_count)
        return RTTM_ERROR_INVALID;
    if (!class->has(kernel))
        return RTTM_ERROR_UNSUPPORTED;
    return rttm_device_control(device, class->commands[command], argument);
}

#endif /* RTT_MOD_USING_DEVICE */
