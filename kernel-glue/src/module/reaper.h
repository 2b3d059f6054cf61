/* SPDX-License-Identifier: Apache-2.0 */
/* Asynchronous ends: those that are asked for where nobody may wait for them. */
#ifndef RTTM_REAPER_H
#define RTTM_REAPER_H

#include "record.h"

/*
 * Ends `module` with `code`, for `cause`, from wherever: an interrupt, a timer, a thread of another module or of the kernel's. Returns
 * at once; the reaper, a thread of its own, then does it.
 */
void rttm_end_async(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause);

/* Has the reaper call rttm_resources_close_abandoned. From anywhere. */
void rttm_close_async(void);

/* Has the kernel's timer thread call rttm_resources_free_deferred in the next tick. */
void rttm_free_async(void);

#endif /* RTTM_REAPER_H */
