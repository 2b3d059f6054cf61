/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_INFO_H
#define RTTM_INFO_H

#include <rtthread.h>

/* Prints all that is known of the loaded modules called `name`, and of their threads. RT_FALSE if there are none. */
rt_bool_t rttm_info_of_loaded(const char *name);

/* Prints what the file of a module says, and whether it would be loaded now. RT_FALSE if not. */
rt_bool_t rttm_info_of_file(const char *path);

#endif /* RTTM_INFO_H */
