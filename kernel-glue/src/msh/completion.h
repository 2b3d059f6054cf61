/* SPDX-License-Identifier: Apache-2.0 */
/* Completion of a word by the tab key: prints the candidates, and extends the word by what they have in common. */
#ifndef RTTM_COMPLETION_H
#define RTTM_COMPLETION_H

#include <rtthread.h>

struct rttm_completion
{
    const char *typed;      /* the word as it was typed */
    char       *common;     /* the longest common prefix of the candidates so far */
    rt_size_t   capacity;   /* of `common`, with its NUL */
    rt_bool_t   has_common; /* there was a candidate, of ours or of the kernel's */
    int         candidates; /* of ours */
};

/* Prints `name` and counts it as a candidate if it begins with the word that was typed. */
void rttm_complete(struct rttm_completion *completion, const char *name);

/*
 * Completes the last word of `line`, which begins with `mod `, if that word is the name of a subcommand or of a module.
 * RT_FALSE if MSH has to complete it: MSH completes the names of files.
 */
rt_bool_t rttm_complete_mod(char *line);

#endif /* RTTM_COMPLETION_H */
