/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated watchdog, for most of QEMU's boards have none: it counts down by the kernel's tick, and restarts nothing. The
 * shell's command `sim_watchdog` tells whether it would have.
 */
#include <rtthread.h>
#include <rtdevice.h>

#define LONGEST_SECONDS 60u

static rt_watchdog_t watchdog;
static rt_bool_t     is_running, has_bitten;
static rt_uint32_t   timeout_seconds = LONGEST_SECONDS;
static rt_tick_t     fed;

static rt_uint32_t seconds_left(void)
{
    rt_uint32_t passed = (rt_tick_get() - fed) / RT_TICK_PER_SECOND;

    return passed < timeout_seconds ? timeout_seconds - passed : 0;
}

static rt_err_t init(rt_watchdog_t *device)
{
    (void)device;
    return RT_EOK;
}

static rt_err_t control(rt_watchdog_t *device, int command, void *argument)
{
    rt_uint32_t *seconds = argument;

    (void)device;
    has_bitten = has_bitten || (is_running && seconds_left() == 0);
    switch (command)
    {
    case RT_DEVICE_CTRL_WDT_GET_TIMEOUT:
        *seconds = timeout_seconds;
        return RT_EOK;
    case RT_DEVICE_CTRL_WDT_SET_TIMEOUT:
        if (*seconds == 0 || *seconds > LONGEST_SECONDS)
            return -RT_EINVAL;
        timeout_seconds = *seconds;
        return RT_EOK;
    case RT_DEVICE_CTRL_WDT_GET_TIMELEFT:
        *seconds = seconds_left();
        return RT_EOK;
    case RT_DEVICE_CTRL_WDT_KEEPALIVE:
        fed = rt_tick_get();
        return RT_EOK;
    case RT_DEVICE_CTRL_WDT_START:
        fed = rt_tick_get();
        is_running = RT_TRUE;
        return RT_EOK;
    case RT_DEVICE_CTRL_WDT_STOP:
        is_running = RT_FALSE;
        return RT_EOK;
    default:
        return -RT_ENOSYS;
    }
}

static struct rt_watchdog_ops operations = {
    .init = init,
    .control = control,
};

static int register_watchdog(void)
{
    watchdog.ops = &operations;
    return (int)rt_hw_watchdog_register(&watchdog, "wdt", RT_DEVICE_FLAG_RDWR, RT_NULL);
}
INIT_DEVICE_EXPORT(register_watchdog);

static int sim_watchdog(void)
{
    rt_kprintf("watchdog: %s, %s\n", is_running ? "running" : "stopped", has_bitten ? "has bitten" : "has not bitten");
    return 0;
}
MSH_CMD_EXPORT(sim_watchdog, show the simulated watchdog);
