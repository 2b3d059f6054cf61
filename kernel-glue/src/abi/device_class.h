/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a device really is, and commands to devices of one class. The kernel gives many classes the same type: a device is
 * of such a class if it has the same functions as another that certainly is.
 */
#ifndef RTTM_DEVICE_CLASS_H
#define RTTM_DEVICE_CLASS_H

#include <rtthread.h>
#include <rtdevice.h>

#include "../port/groups.h"
#include "rtt_mod.h"

/* A device that certainly is of its class. */
union rttm_class_sample
{
    struct rt_device device;
#ifdef RTT_MOD_USING_UART
    struct rt_serial_device serial;
#endif
#ifdef RTT_MOD_USING_ADC
    struct rt_adc_device adc;
#endif
#ifdef RTT_MOD_USING_DAC
    struct rt_dac_device dac;
#endif
#ifdef RTT_MOD_USING_PWM
    struct rt_device_pwm pwm;
#endif
#ifdef RTT_MOD_USING_WATCHDOG
    struct rt_watchdog_device watchdog;
#endif
#ifdef RTT_MOD_USING_FLASH
    struct rt_mtd_nor_device flash;
#endif
};

/* Whether `device` is of the class of the sample that `enlist` registers by the name that it gets. */
rt_bool_t rttm_device_is(rt_device_t device, void (*enlist)(union rttm_class_sample *sample, const char *name));

/* A class of devices, and the kernel's numbers of its commands, in the order of those of the module ABI. */
struct rttm_device_class
{
    rt_bool_t (*has)(rt_device_t device);
    uint32_t commands_count;
    int      commands[6];
};

/* Sends a command of the module ABI to an open device, if the device is of this class. */
int32_t rttm_class_control(const struct rttm_device_class *class, struct rttm_device *device, uint32_t command,
                           void *argument);

#endif /* RTTM_DEVICE_CLASS_H */
