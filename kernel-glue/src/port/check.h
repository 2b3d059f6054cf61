/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_CHECK_H
#define RTTM_CHECK_H

#include <rtthread.h>

/*
 * Prints whether the module at `path` would be loaded and started now, and if not, each reason why. Nothing of its code
 * runs. RT_FALSE if not.
 */
rt_bool_t rttm_check(const char *path);

#endif /* RTTM_CHECK_H */
