/* SPDX-License-Identifier: Apache-2.0 */
/* Times, as `mod` shows them. */
#ifndef RTTM_CLOCK_H
#define RTTM_CLOCK_H

#include <stdint.h>

#include <rtthread.h>

/* Of the longest text of rttm_clock, with its NUL. */
#define RTTM_CLOCK_BYTES 16

/* Since the kernel booted. From anywhere. */
rt_uint32_t rttm_seconds(void);

/* Writes hours, minutes and seconds into `text`, and returns it. */
const char *rttm_clock(rt_uint32_t seconds, char text[RTTM_CLOCK_BYTES]);

/* The kernel's timers take less than half of the range of a tick. */
#define RTTM_TICKS_AT_ONCE (RT_TICK_MAX / 2 - 1)

/* Ticks in which at least so many milliseconds pass. */
rt_inline uint64_t rttm_whole_ticks(uint32_t milliseconds)
{
    return ((uint64_t)milliseconds * RT_TICK_PER_SECOND + 999) / 1000;
}

/* What the kernel's functions take for so many milliseconds or RTTM_FOREVER. */
rt_int32_t rttm_ticks(uint32_t milliseconds);

#endif /* RTTM_CLOCK_H */
