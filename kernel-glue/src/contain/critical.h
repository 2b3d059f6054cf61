/* SPDX-License-Identifier: Apache-2.0 */
/* Critical sections that a thread leaves when it is stopped in them. */
#ifndef RTTM_CRITICAL_H
#define RTTM_CRITICAL_H

/* Leaves every critical section, the module's and the kernel's, that the calling thread is in. */
void rttm_critical_leave(void);

#endif /* RTTM_CRITICAL_H */
