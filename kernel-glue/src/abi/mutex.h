/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_MUTEX_H
#define RTTM_MUTEX_H

#include <rtthread.h>

#include "../port/groups.h"

/* Whether `thread` has a mutex of a module's locked. */
#ifdef RTT_MOD_USING_MUTEX
rt_bool_t rttm_has_locked(rt_thread_t thread);
#else
rt_inline rt_bool_t rttm_has_locked(rt_thread_t thread)
{
    (void)thread;
    return RT_FALSE;
}
#endif

#endif /* RTTM_MUTEX_H */
