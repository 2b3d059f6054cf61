/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated hardware timer: it counts up by the kernel's tick, and calls from the tick's interrupt.
 */
#include <rtthread.h>
#include <rtdevice.h>

static rt_hwtimer_t    hwtimer;
static struct rt_timer tick;
static rt_tick_t       started;

static void overflow(void *context)
{
    (void)context;
    started = rt_tick_get();
    rt_device_hwtimer_isr(&hwtimer);
}

static void init(rt_hwtimer_t *device, rt_uint32_t state)
{
    (void)device;
    if (state == 0)
        rt_timer_stop(&tick);
}

static rt_err_t start(rt_hwtimer_t *device, rt_uint32_t count, rt_hwtimer_mode_t mode)
{
    rt_tick_t ticks = (rt_tick_t)((rt_uint64_t)count * RT_TICK_PER_SECOND / (rt_uint32_t)device->freq);

    if (ticks == 0)
        return -RT_EINVAL;
    started = rt_tick_get();
    rt_timer_control(&tick, RT_TIMER_CTRL_SET_TIME, &ticks);
    rt_timer_control(&tick, mode == HWTIMER_MODE_ONESHOT ? RT_TIMER_CTRL_SET_ONESHOT : RT_TIMER_CTRL_SET_PERIODIC,
                     RT_NULL);
    return rt_timer_start(&tick);
}

static void stop(rt_hwtimer_t *device)
{
    (void)device;
    rt_timer_stop(&tick);
}

static rt_uint32_t count(rt_hwtimer_t *device)
{
    return (rt_uint32_t)((rt_uint64_t)(rt_tick_get() - started) * (rt_uint32_t)device->freq / RT_TICK_PER_SECOND);
}

static rt_err_t control(rt_hwtimer_t *device, rt_uint32_t command, void *argument)
{
    (void)device;
    (void)argument;
    return command == HWTIMER_CTRL_FREQ_SET ? RT_EOK : -RT_ENOSYS;
}

static const struct rt_hwtimer_info information = {
    .maxfreq = 1000000,
    .minfreq = 1000,
    .maxcnt = 0xFFFFFFFFu,
    .cntmode = HWTIMER_CNTMODE_UP,
};

static const struct rt_hwtimer_ops operations = {
    .init = init,
    .start = start,
    .stop = stop,
    .count_get = count,
    .control = control,
};

static int register_hwtimer(void)
{
    hwtimer.ops = &operations;
    hwtimer.info = &information;
    rt_timer_init(&tick, "timer0", overflow, RT_NULL, 1, RT_TIMER_FLAG_HARD_TIMER);
    return (int)rt_device_hwtimer_register(&hwtimer, "timer0", RT_NULL);
}
INIT_DEVICE_EXPORT(register_hwtimer);
