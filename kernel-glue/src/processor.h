/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_PROCESSOR_H
#define RTTM_PROCESSOR_H

#include <rtthread.h>

/*
 * Whether this processor runs the code of a verified `file`, and the kernel passes floating-point numbers as it does: as
 * far as the file tells. RT_NULL, or what is wrong.
 */
const char *rttm_check_processor(const rt_uint8_t *file);

#endif /* RTTM_PROCESSOR_H */
