/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_LATER_H
#define RTTM_LATER_H

#include "resource.h"

/*
 * Frees the memory of a resource when the kernel's timer thread, and interrupts, have finished with what they are doing
 * now: they may look at it once more. In a thread.
 */
void rttm_free_later(struct rttm_resource *resource);

#endif /* RTTM_LATER_H */
