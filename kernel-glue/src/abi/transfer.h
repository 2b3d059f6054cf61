/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the kernel's drivers, which may wait while they hold locks. */
#ifndef RTTM_TRANSFER_H
#define RTTM_TRANSFER_H

#include <rtthread.h>

#include "../contain/cancel.h"
#include "rtt_mod.h"

/* Begins a call. RTTM_ERROR_WOULD_WAIT in interrupts and timers, where nothing may wait. */
int32_t rttm_transfer_begin(struct rttm_cancel_scope *scope);

/* Ends a call that began with RTTM_OK. */
void rttm_transfer_end(struct rttm_cancel_scope *scope);

/* The kernel's device called `name`, or RT_NULL. */
rt_device_t rttm_find_device(const char *name, uint32_t name_length);

#endif /* RTTM_TRANSFER_H */
