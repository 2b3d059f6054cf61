/* SPDX-License-Identifier: Apache-2.0 */
/* Translation of the kernel's error numbers, which differ between versions, to results of the module ABI. */
#ifndef RTTM_RESULT_H
#define RTTM_RESULT_H

#include <rtthread.h>

#include "rtt_mod.h"

/* The result of the ABI for the return value of a kernel function: RT_EOK or a negative error number. */
int32_t rttm_result(rt_err_t error);

/* The kernel's negative error number for a negative result of the ABI. */
rt_err_t rttm_kernel_error(int32_t result);

/* The result of the ABI for the error number of the last file or socket call that failed in this thread. */
int32_t rttm_result_of_errno(void);

#endif /* RTTM_RESULT_H */
