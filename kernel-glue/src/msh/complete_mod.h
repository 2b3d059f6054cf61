/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_COMPLETE_MOD_H
#define RTTM_COMPLETE_MOD_H

#include <rtthread.h>

/*
 * The tab key behind `mod`: completes the last word of `line`, if that is a subcommand's name or a module's. RT_FALSE for
 * MSH to take it: it completes names of files.
 */
rt_bool_t rttm_complete_mod(char *line);

#endif /* RTTM_COMPLETE_MOD_H */
