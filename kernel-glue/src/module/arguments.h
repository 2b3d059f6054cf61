/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines, and their arguments. */
#ifndef RTTM_ARGUMENTS_H
#define RTTM_ARGUMENTS_H

#include <rtthread.h>

/* Arguments of a module, its name included; further ones are dropped. */
#ifndef RTT_MOD_ARGUMENTS_MAX
#define RTT_MOD_ARGUMENTS_MAX 16
#endif

/*
 * Splits `line` in place, with MSH's rules for blanks, quotes and backslashes, into `most` arguments at most. Returns their
 * number.
 */
int rttm_split_arguments(char *line, char *argv[], int most);

/* The line that splits into these arguments, for rt_free; RT_NULL when there is no memory. */
char *rttm_join_arguments(int argc, char *const argv[]);

#endif /* RTTM_ARGUMENTS_H */
