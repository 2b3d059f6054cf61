/* SPDX-License-Identifier: Apache-2.0 */
/* Asynchronous ends and closes: for callers that may not wait for them. */
#ifndef RTTM_REAPER_H
#define RTTM_REAPER_H

#include "record.h"

/*
 * Has the reaper end `module` with `code`, for `cause`, and returns at once. From interrupts, timers and all threads.
 */
void rttm_end_async(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause);

/* Has the reaper call rttm_resources_close_abandoned. From anywhere. */
void rttm_close_async(void);

/* Has the kernel's timer thread call rttm_resources_free_deferred in the next tick. */
void rttm_free_async(void);

#endif /* RTTM_REAPER_H */
