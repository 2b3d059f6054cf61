/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Ends modules whose functions do not return to the worker: the callback of a soft timer that loops, `module_cleanup`, the
 * drop of a closure. No module could end meanwhile, and no thread of a lower priority than the worker's would run, which a
 * soft timer's own thread has too.
 */
#ifndef RTTM_OVERDUE_H
#define RTTM_OVERDUE_H

#include <rtthread.h>

#ifdef RTT_MOD_USING_TIME_LIMIT

/* An upcall has begun that has to return soon. */
void rttm_overdue_watch(void);

/* Prints which module was ended for that since the last report. In the worker. */
void rttm_overdue_report(void);

#else

rt_inline void rttm_overdue_watch(void)
{
}

rt_inline void rttm_overdue_report(void)
{
}

#endif

#endif /* RTTM_OVERDUE_H */
