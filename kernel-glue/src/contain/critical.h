/* SPDX-License-Identifier: Apache-2.0 */
/* How a thread that ends its module leaves its critical sections. */
#ifndef RTTM_CRITICAL_H
#define RTTM_CRITICAL_H

/* Leaves all critical sections of the calling thread, those of the module and those of the kernel. */
void rttm_critical_leave(void);

#endif /* RTTM_CRITICAL_H */
