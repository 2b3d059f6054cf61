/* SPDX-License-Identifier: Apache-2.0 */
/* Watchdogs: ordinary devices, whose commands have other numbers in each version of the kernel. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_WATCHDOG

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "device_class.h"

static void watchdog_enlist(union rttm_class_sample *sample, const char *name)
{
    static const struct rt_watchdog_ops operations;

    sample->watchdog.ops = &operations;
    rt_hw_watchdog_register(&sample->watchdog, name, 0, RT_NULL);
}

static rt_bool_t watchdog_has(rt_device_t device)
{
    return rttm_device_is(device, watchdog_enlist);
}

int32_t rttm_watchdog_control(struct rttm_device *device, uint32_t command, uint32_t *seconds)
{
    static const struct rttm_device_class class = {
        .has = watchdog_has,
        .commands_count = 6,
        .commands = {RT_DEVICE_CTRL_WDT_START, RT_DEVICE_CTRL_WDT_STOP, RT_DEVICE_CTRL_WDT_KEEPALIVE,
                     RT_DEVICE_CTRL_WDT_SET_TIMEOUT, RT_DEVICE_CTRL_WDT_GET_TIMEOUT, RT_DEVICE_CTRL_WDT_GET_TIMELEFT},
    };

    return rttm_class_control(&class, device, command, seconds);
}
RTM_EXPORT(rttm_watchdog_control)

#endif /* RTT_MOD_USING_WATCHDOG */
