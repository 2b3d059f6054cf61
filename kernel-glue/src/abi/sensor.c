/* SPDX-License-Identifier: Apache-2.0 */
/* Sensors of RT-Thread's framework: ordinary devices, whose samples have another layout in each version of the kernel. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SENSOR

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "../port/compat.h"
#include "device.h"
#include "device_class.h"

/* The second framework has floating-point samples and no ranges. */
#ifdef RT_SENSOR_CTRL_SET_RANGE

static rt_bool_t sensor_has(rt_device_t device)
{
    return device->type == RT_Device_Class_Sensor;
}

int32_t rttm_sensor_read(struct rttm_device *device, struct rttm_sample *sample)
{
    rt_device_t           kernel = rttm_device_kernel(device);
    struct rt_sensor_data data;
    int32_t               result;

    if (kernel == RT_NULL)
        return RTTM_ERROR_INVALID;
    if (!sensor_has(kernel))
        return RTTM_ERROR_UNSUPPORTED;
    rt_memset(&data, 0, sizeof data);
    result = rttm_device_read(device, 0, &data, 1);
    sample->time = (uint32_t)data.timestamp;
    sample->kind = data.type;
    sample->values[0] = data.data.acce.x;
    sample->values[1] = data.data.acce.y;
    sample->values[2] = data.data.acce.z;
    if (result == 0)
        return RTTM_ERROR_IO;
    return result < 0 ? result : RTTM_OK;
}
RTM_EXPORT(rttm_sensor_read)

int32_t rttm_sensor_set(struct rttm_device *device, uint32_t property, uint32_t value)
{
    static const struct rttm_device_class class = {
        .has = sensor_has,
        .commands_count = 3,
        .commands = {RT_SENSOR_CTRL_SET_RANGE, RT_SENSOR_CTRL_SET_ODR, RT_SENSOR_CTRL_SET_POWER},
    };

    return rttm_class_control(&class, device, property, (void *)(rt_ubase_t)value);
}
RTM_EXPORT(rttm_sensor_set)

#endif /* RT_SENSOR_CTRL_SET_RANGE */

#endif /* RTT_MOD_USING_SENSOR */
