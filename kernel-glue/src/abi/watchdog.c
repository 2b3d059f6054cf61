/* SPDX-License-Identifier: Apache-2.0 */
/* Watchdogs: ordinary devices, whose commands have other numbers in each version of the kernel. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_WATCHDOG

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "device.h"
#include "device_class.h"

static rt_bool_t is_watchdog(rt_device_t device)
{
    static const struct rt_watchdog_ops operations;
    struct rt_watchdog_device           sample;

    rt_memset(&sample, 0, sizeof sample);
    sample.ops = &operations;
    rt_enter_critical();
    rt_hw_watchdog_register(&sample, "rttm-wdt", 0, RT_NULL);
    rt_device_unregister(&sample.parent);
    rt_exit_critical();
    return rttm_device_class(device) == rttm_device_class(&sample.parent);
}

int32_t rttm_watchdog_control(struct rttm_device *device, uint32_t command, uint32_t *seconds)
{
    /* In the order of RTTM_WATCHDOG_…. */
    static const int commands[] = {
        RT_DEVICE_CTRL_WDT_START,       RT_DEVICE_CTRL_WDT_STOP,        RT_DEVICE_CTRL_WDT_KEEPALIVE,
        RT_DEVICE_CTRL_WDT_SET_TIMEOUT, RT_DEVICE_CTRL_WDT_GET_TIMEOUT, RT_DEVICE_CTRL_WDT_GET_TIMELEFT,
    };
    rt_device_t kernel = rttm_device_kernel(device);

    if (kernel == RT_NULL || command >= sizeof commands / sizeof commands[0])
        return RTTM_ERROR_INVALID;
    if (!is_watchdog(kernel))
        return RTTM_ERROR_UNSUPPORTED;
    return rttm_device_control(device, commands[command], seconds);
}
RTM_EXPORT(rttm_watchdog_control)

#endif /* RTT_MOD_USING_WATCHDOG */
