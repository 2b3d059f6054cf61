/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_AUTOSTART_NOW_H
#define RTTM_AUTOSTART_NOW_H

#include <rtthread.h>

/* As rttm_autostart, in the calling thread. RT_FALSE without a folder for it. */
rt_bool_t rttm_autostart_now(void);

/* Prints the names of the modules that rttm_autostart would start. RT_FALSE without a folder for it. */
rt_bool_t rttm_autostart_list(void);

#endif /* RTTM_AUTOSTART_NOW_H */
