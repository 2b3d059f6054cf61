/* SPDX-License-Identifier: Apache-2.0 */
/* Completion of a word: adds one candidate after the other. */
#include <string.h>

#include <rtthread.h>

#include "completion.h"

static rt_size_t common_bytes(const char *left, const char *right)
{
    rt_size_t length = 0;

    while (left[length] != '\0' && left[length] == right[length])
        length++;
    return length;
}

void rttm_complete(struct rttm_completion *completion, const char *name)
{
    char *common = completion->common;

    if (strncmp(name, completion->typed, strlen(completion->typed)) != 0)
        return;
    rt_kprintf("%s\n", name);
    if (!completion->has_common)
        rt_strncpy(common, name, completion->capacity - 1);
    completion->has_common = RT_TRUE;
    common[common_bytes(common, name)] = '\0';
    completion->candidates++;
}
