/* SPDX-License-Identifier: Apache-2.0 */
/* Command lines: from text to arguments, and back. */
#include <string.h>

#include "arguments.h"

static rt_bool_t is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The end of an argument that starts at `at`, behind its quote if it has one. */
static char *end_of_argument(char *at, rt_bool_t quoted)
{
    for (; *at != '\0'; at++)
    {
        if (quoted ? *at == '"' : is_blank(*at))
            break;
        if (quoted && at[0] == '\\' && at[1] == '"')
            at++;
    }
    return at;
}

int rttm_split_arguments(char *line, char *argv[], int most)
{
    int argc = 0;

    for (;;)
    {
        rt_bool_t quoted;

        while (is_blank(*line))
            line++;
        if (*line == '\0' || argc == most)
            return argc;
        quoted = *line == '"';
        line += quoted;
        argv[argc++] = line;
        line = end_of_argument(line, quoted);
        if (*line != '\0')
            *line++ = '\0';
    }
}

static rt_bool_t needs_quotes(const char *argument)
{
    return *argument == '\0' || strpbrk(argument, " \t") != RT_NULL;
}

char *rttm_join_arguments(int argc, char *const argv[])
{
    rt_size_t bytes = 1;
    char     *line, *at;
    int       i;

    for (i = 0; i < argc; i++)
        bytes += strlen(argv[i]) + sizeof "\"\" " - 1;
    line = at = rt_malloc(bytes);
    if (line == RT_NULL)
        return RT_NULL;
    *at = '\0';
    for (i = 0; i < argc; i++)
    {
        const char *quote = needs_quotes(argv[i]) ? "\"" : "";

        at += rt_sprintf(at, "%s%s%s%s", i == 0 ? "" : " ", quote, argv[i], quote);
    }
    return line;
}
