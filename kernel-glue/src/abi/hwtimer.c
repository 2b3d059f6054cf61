/* SPDX-License-Identifier: Apache-2.0 */
/* Hardware timers: ordinary devices, whose commands have other numbers in each version of the kernel. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_HWTIMER

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "device_class.h"

static rt_bool_t hwtimer_has(rt_device_t device)
{
    return device->type == RT_Device_Class_Timer;
}

int32_t rttm_hwtimer_control(struct rttm_device *device, uint32_t command, uint32_t *value)
{
    static const struct rttm_device_class class = {
        .has = hwtimer_has,
        .commands_count = 3,
        .commands = {HWTIMER_CTRL_STOP, HWTIMER_CTRL_FREQ_SET, HWTIMER_CTRL_MODE_SET},
    };

    return rttm_class_control(&class, device, command, value);
}
RTM_EXPORT(rttm_hwtimer_control)

#endif /* RTT_MOD_USING_HWTIMER */
