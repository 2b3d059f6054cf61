/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Two simulated sensors, a thermometer and an accelerometer: each sample is one larger than the one before. They lie still as
 * long as nobody has them open.
 */
#include <rtthread.h>
#include <rtdevice.h>
#if RTTHREAD_VERSION < 40100
/* From then on, rtdevice.h declares sensors. */
#include <sensor.h>
#endif

/* Without ranges, it is the second framework, whose samples have other types. */
#ifdef RT_SENSOR_CTRL_SET_RANGE

#define RANGE_MAX 16000

static struct rt_sensor_device thermometer, accelerometer;

static rt_size_t fetch(struct rt_sensor_device *sensor, void *buffer, rt_size_t length)
{
    static rt_int32_t      samples;
    struct rt_sensor_data *data = buffer;

    if (length < 1 || sensor->config.power == RT_SENSOR_POWER_DOWN)
        return 0;
    data->type = sensor->info.type;
    data->timestamp = (rt_uint32_t)rt_tick_get();
    if (sensor == &thermometer)
    {
        data->data.temp = 235 + samples++;
        return 1;
    }
    data->data.acce.x = sensor->config.range;
    data->data.acce.y = -sensor->config.odr;
    data->data.acce.z = 1000;
    return 1;
}

static rt_err_t control(struct rt_sensor_device *sensor, int command, void *argument)
{
    (void)sensor;
    if (command == RT_SENSOR_CTRL_SET_RANGE && (rt_ubase_t)argument > RANGE_MAX)
        return -RT_EINVAL;
    return RT_EOK;
}

static const struct rt_sensor_ops operations = {
    .fetch_data = fetch,
    .control = control,
};

static int register_sensor(struct rt_sensor_device *sensor, rt_uint8_t type)
{
    sensor->info.type = type;
    sensor->ops = &operations;
    sensor->config.irq_pin.pin = RT_PIN_NONE;
    return rt_hw_sensor_register(sensor, "1", RT_DEVICE_FLAG_RDONLY, RT_NULL);
}

static int register_sensors(void)
{
    register_sensor(&thermometer, RT_SENSOR_CLASS_TEMP);
    return register_sensor(&accelerometer, RT_SENSOR_CLASS_ACCE);
}
INIT_DEVICE_EXPORT(register_sensors);

#endif
