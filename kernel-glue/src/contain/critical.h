/* SPDX-License-Identifier: Apache-2.0 */
/* How a thread that ends its module leaves its critical sections. */
#ifndef RTTM_CRITICAL_H
#define RTTM_CRITICAL_H

#include <rtthread.h>

/* Leaves all critical sections of the calling thread but the outer `level` ones, those of the module and of the kernel. */
void rttm_critical_leave(rt_uint16_t level);

#endif /* RTTM_CRITICAL_H */
