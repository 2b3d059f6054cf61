/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the kernel's drivers, which may wait, and which hold locks while they do. */
#ifndef RTTM_TRANSFER_H
#define RTTM_TRANSFER_H

#include <rtthread.h>

#include "../contain/cancel.h"
#include "rtt_mod.h"

/* RTTM_OK, or RTTM_ERROR_WOULD_WAIT where nothing may wait: in interrupts and in calls by timers. */
int32_t rttm_transfer_begin(struct rttm_cancel_scope *scope);

/* After RTTM_OK. */
void rttm_transfer_end(struct rttm_cancel_scope *scope);

/* The kernel's device called `name`, or RT_NULL. */
rt_device_t rttm_find_device(const char *name, uint32_t name_length);

#endif /* RTTM_TRANSFER_H */
