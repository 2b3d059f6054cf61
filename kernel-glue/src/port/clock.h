/* SPDX-License-Identifier: Apache-2.0 */
/* Times, as `mod` shows them. */
#ifndef RTTM_CLOCK_H
#define RTTM_CLOCK_H

#include <stdint.h>

#include <rtthread.h>

/* The bytes of the longest text of rttm_clock, with its NUL. */
#define RTTM_CLOCK_BYTES 16

/* The seconds since boot. May be called from interrupts. */
rt_uint32_t rttm_seconds(void);

/* Writes `seconds` as hours, minutes and seconds to `text`, and returns `text`. */
const char *rttm_clock(rt_uint32_t seconds, char text[RTTM_CLOCK_BYTES]);

/* The longest time of a kernel timer: less than half of the range of a tick. */
#define RTTM_TICKS_AT_ONCE (RT_TICK_MAX / 2 - 1)

/* The ticks in which at least `milliseconds` pass. */
rt_inline uint64_t rttm_whole_ticks(uint32_t milliseconds)
{
    return ((uint64_t)milliseconds * RT_TICK_PER_SECOND + 999) / 1000;
}

/* The time-out of the kernel's functions for `milliseconds` or RTTM_FOREVER. */
rt_int32_t rttm_ticks(uint32_t milliseconds);

#endif /* RTTM_CLOCK_H */
