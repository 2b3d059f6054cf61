/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_MUTEX_H
#define RTTM_MUTEX_H

#include <rtthread.h>

/* Whether `thread` has a mutex of a module's locked. */
rt_bool_t rttm_has_locked(rt_thread_t thread);

#endif /* RTTM_MUTEX_H */
