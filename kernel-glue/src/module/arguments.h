/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines, and their arguments. */
#ifndef RTTM_ARGUMENTS_H
#define RTTM_ARGUMENTS_H

#include <rtthread.h>

/* Arguments of a module, its name included; further ones are dropped. MSH's own limit is FINSH_ARG_MAX. */
#ifndef RTT_MOD_ARGUMENTS_MAX
#define RTT_MOD_ARGUMENTS_MAX 16
#endif

/* Splits `line` in place, with MSH's rules for blanks, quotes and backslashes. Returns the number of arguments. */
int rttm_split_arguments(char *line, char *argv[RTT_MOD_ARGUMENTS_MAX]);

/* The line that splits into these arguments, for rt_free; RT_NULL when there is no memory. */
char *rttm_join_arguments(int argc, char *const argv[]);

#endif /* RTTM_ARGUMENTS_H */
