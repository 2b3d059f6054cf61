/* SPDX-License-Identifier: Apache-2.0 */
/* For the firmware: the environment variables that modules read. */
#ifndef RTTM_ENVIRONMENT_H
#define RTTM_ENVIRONMENT_H

/*
 * Sets the variable `name` to `value` for all modules, as the shell's command `mod env NAME=VALUE` does. Without a value, or
 * with an empty one, the variable is unset; if the C library has one of that name, modules see that. Both texts are copied. From
 * a thread.
 *
 * 0, or -1 without memory, or if the name is empty or has a `=`.
 *
 *     rttm_environment_set("BOARD", "kitchen");
 */
int rttm_environment_set(const char *name, const char *value);

#endif /* RTTM_ENVIRONMENT_H */
