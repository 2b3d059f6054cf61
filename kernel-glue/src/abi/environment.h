/* SPDX-License-Identifier: Apache-2.0 */
/* The environment variables of all modules. */
#ifndef RTTM_ABI_ENVIRONMENT_H
#define RTTM_ABI_ENVIRONMENT_H

#include <rtthread.h>

/* As rttm_environment_set, with name and value in one text: `NAME=VALUE`. RT_FALSE if it has failed. */
rt_bool_t rttm_environment_put(const char *text);

#endif /* RTTM_ABI_ENVIRONMENT_H */
