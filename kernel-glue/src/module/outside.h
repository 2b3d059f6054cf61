/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_OUTSIDE_H
#define RTTM_OUTSIDE_H

#include "cause.h"
#include "kernel_module.h"

/*
 * Ends `module` with `code`, for `cause`, from wherever: an interrupt, a timer, a thread of another module or of the kernel's. Returns
 * at once; a thread of its own then does it.
 */
void rttm_end_from_outside(struct rt_dlmodule *module, rt_int32_t code, enum rttm_cause cause);

/* How many have opened `module`, a library, and not closed it. */
int rttm_opened(const struct rt_dlmodule *module);

/* Has that thread call rttm_resources_close_abandoned. From anywhere. */
void rttm_close_from_outside(void);

#endif /* RTTM_OUTSIDE_H */
