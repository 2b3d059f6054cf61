/* SPDX-License-Identifier: Apache-2.0 */
/* Whether this processor and this kernel can run the code of a module. */
#ifndef RTTM_PROCESSOR_H
#define RTTM_PROCESSOR_H

#include <rtthread.h>

/* Whether a module with these flags in its ELF header passes floating-point numbers as the kernel. RT_NULL, or what is wrong. */
const char *rttm_check_flags(rt_uint32_t flags);

/* Whether this processor runs code for `target`, as rustc calls it, or RT_NULL. RT_NULL, or what is wrong. */
const char *rttm_check_target(const char *target);

#endif /* RTTM_PROCESSOR_H */
