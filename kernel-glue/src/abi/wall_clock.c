/* SPDX-License-Identifier: Apache-2.0 */
/* The time of day: the kernel's device `rtc`. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_CLOCK

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>
#include <sys/time.h>
#include <time.h>

#include "result.h"
#include "transfer.h"

#define CLOCK                   "rtc"
#define NANOSECONDS_OF_A_MICRO  1000u
#define MICROSECONDS_PER_SECOND 1000000u

/* Sends `command` to the clock. The result is that of the driver. */
static int32_t clock_control(int command, void *argument)
{
    struct rttm_cancel_scope scope;
    rt_device_t              clock = rt_device_find(CLOCK);
    int32_t                  result;

    if (clock == RT_NULL)
        return RTTM_ERROR_NOT_FOUND;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_device_control(clock, command, argument));
    rttm_transfer_end(&scope);
    return result;
}

int32_t rttm_clock_get(struct rttm_clock_time *time)
{
    time_t  seconds = 0; /* some drivers of 4.0 write its lower half only */
    int32_t result;

    rt_memset(time, 0, sizeof *time);
#ifdef RT_DEVICE_CTRL_RTC_GET_TIMEVAL
    {
        struct timeval now = {0, 0};

        result = clock_control(RT_DEVICE_CTRL_RTC_GET_TIMEVAL, &now);
        if (result == RTTM_OK && now.tv_sec != 0)
        {
            time->seconds = now.tv_sec;
            time->nanoseconds = (uint32_t)now.tv_usec % MICROSECONDS_PER_SECOND * NANOSECONDS_OF_A_MICRO;
            return RTTM_OK;
        }
    }
#endif
    result = clock_control(RT_DEVICE_CTRL_RTC_GET_TIME, &seconds);
    time->seconds = seconds;
    return result;
}
RTM_EXPORT(rttm_clock_get)

int32_t rttm_clock_set(const struct rttm_clock_time *time)
{
    time_t seconds = (time_t)time->seconds;

    if (seconds != time->seconds)
        return RTTM_ERROR_INVALID;
    return clock_control(RT_DEVICE_CTRL_RTC_SET_TIME, &seconds);
}
RTM_EXPORT(rttm_clock_set)

#endif /* RTT_MOD_USING_CLOCK */
