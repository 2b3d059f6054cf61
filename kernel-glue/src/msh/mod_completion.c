/* SPDX-License-Identifier: Apache-2.0 */
/* Completion of the command `mod`: the names of its subcommands, and of modules. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND_COMPLETION

#include <string.h>

#include <rtthread.h>

#include "../module/statistics.h"
#include "completion.h"
#include "subcommands.h"

#define COMMAND "mod "

#ifndef FINSH_CMD_SIZE
#define FINSH_CMD_SIZE 80 /* MSH's own default */
#endif

/* Longer names are cut. */
#define WORD_BYTES 32

static void complete_subcommand(struct rttm_completion *completion)
{
    const char *name;
    int         i;

    for (i = 0; (name = rttm_subcommand(i)) != RT_NULL; i++)
        rttm_complete(completion, name);
}

static void complete_module(struct rttm_completion *completion)
{
    struct rttm_module_statistics statistics;
    int                           position;

    for (position = 0; rttm_module_statistics(position, &statistics); position++)
        rttm_complete(completion, statistics.name);
}

/* RT_FALSE if the argument may also be the name of a file. */
static rt_bool_t complete_argument(const char *subcommand, struct rttm_completion *completion)
{
    enum rttm_argument argument = rttm_subcommand_argument(subcommand);

    if (argument & RTTM_ARGUMENT_MODULE)
        complete_module(completion);
    if (argument & RTTM_ARGUMENT_FILE)
        return completion->candidates > 0 && completion->typed[0] != '\0';
    return RT_TRUE;
}

rt_bool_t rttm_complete_mod(char *line)
{
    char                   common[WORD_BYTES] = {0};
    struct rttm_completion completion = {line + sizeof COMMAND - 1, common, sizeof common, RT_FALSE, 0};
    char                  *word;
    rt_bool_t              is_done = RT_TRUE;

    if (strncmp(line, COMMAND, sizeof COMMAND - 1) != 0)
        return RT_FALSE;
    word = strchr(completion.typed, ' ');
    if (word == RT_NULL)
    {
        word = (char *)completion.typed;
        complete_subcommand(&completion);
    }
    else if (strchr(word + 1, ' ') != RT_NULL)
    {
        return RT_FALSE;
    }
    else
    {
        completion.typed = ++word;
        is_done = complete_argument(line + sizeof COMMAND - 1, &completion);
    }
    if (completion.candidates > 0 && (rt_size_t)(word - line) + strlen(common) < FINSH_CMD_SIZE)
        strcpy(word, common);
    return is_done;
}

#endif /* RTT_MOD_USING_COMMAND_COMPLETION */
