/* SPDX-License-Identifier: Apache-2.0 */
/* What the tab key has to know of the command `mod`. */
#ifndef RTTM_COMMAND_H
#define RTTM_COMMAND_H

/* What a subcommand takes for its first argument. */
enum rttm_argument
{
    RTTM_ARGUMENT_NONE = 0, /* or nothing that can be completed */
    RTTM_ARGUMENT_FILE = 1,
    RTTM_ARGUMENT_MODULE = 2,
    RTTM_ARGUMENT_EITHER = RTTM_ARGUMENT_FILE | RTTM_ARGUMENT_MODULE,
};

/* The name of the subcommand at `position`, or RT_NULL behind the last. */
const char *rttm_subcommand(int position);

/* What the subcommand takes whose name `text` begins with, up to a space. */
enum rttm_argument rttm_subcommand_argument(const char *text);

#endif /* RTTM_COMMAND_H */
