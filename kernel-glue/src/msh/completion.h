/* SPDX-License-Identifier: Apache-2.0 */
/* What the tab key makes of a word: the candidates that it begins are printed, and it grows by what they have in common. */
#ifndef RTTM_COMPLETION_H
#define RTTM_COMPLETION_H

#include <rtthread.h>

struct rttm_completion
{
    const char *typed;    /* the word as it was typed */
    char       *common;   /* what the candidates so far have in common; empty before the first */
    rt_size_t   capacity; /* of `common`, with its NUL */
    int         candidates;
};

/* Takes `name` for a candidate if the word begins it. */
void rttm_complete(struct rttm_completion *completion, const char *name);

#endif /* RTTM_COMPLETION_H */
