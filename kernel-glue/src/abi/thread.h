/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_THREAD_H
#define RTTM_THREAD_H

#include <rtthread.h>

#include "../port/groups.h"

/* Whether rttm_thread_spawn has made `thread`. */
#ifdef RTT_MOD_USING_THREAD
rt_bool_t rttm_thread_is_spawned(rt_thread_t thread);
#else
rt_inline rt_bool_t rttm_thread_is_spawned(rt_thread_t thread)
{
    (void)thread;
    return RT_FALSE;
}
#endif

#endif /* RTTM_THREAD_H */
