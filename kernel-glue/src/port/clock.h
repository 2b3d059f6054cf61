/* SPDX-License-Identifier: Apache-2.0 */
/* Times, as `mod` shows them. */
#ifndef RTTM_CLOCK_H
#define RTTM_CLOCK_H

#include <rtthread.h>

/* Of the longest text of rttm_clock, with its NUL. */
#define RTTM_CLOCK_BYTES 16

/* Since the kernel booted. From anywhere. */
rt_uint32_t rttm_seconds(void);

/* Writes hours, minutes and seconds into `text`, and returns it. */
const char *rttm_clock(rt_uint32_t seconds, char text[RTTM_CLOCK_BYTES]);

#endif /* RTTM_CLOCK_H */
