/* SPDX-License-Identifier: Apache-2.0 */
/* The MSH command `mod`. */
#include <string.h>

#include <rtthread.h>
#include <finsh.h>

#include "arguments.h"
#include "find.h"
#include "list.h"
#include "receive.h"
#include "run.h"

/* What `mod` returns to MSH when it could not do what it was asked; a program's own exit code takes its place. */
#define FAILED (-1)

static int print_usage(void)
{
    rt_kprintf("mod list             show the loaded modules\n");
    rt_kprintf("mod run FILE ARGS    run a module, wait for its end and show its exit code\n");
    rt_kprintf("mod receive FILE     receive a file over the console, by YMODEM, in place of the old one\n");
    rt_kprintf("mod help             show this\n");
    return 0;
}

/* Runs the program at `path` with `argv`, whose first element is its name. */
static int run(const char *path, int argc, char *const argv[])
{
    rt_int32_t        code = 0;
    enum rttm_outcome outcome;
    char             *line = rttm_join_arguments(argc, argv);

    if (line == RT_NULL)
    {
        rt_kprintf("mod: no memory for the arguments\n");
        return FAILED;
    }
    outcome = rttm_run(path, line, &code);
    rt_free(line);

    switch (outcome)
    {
    case RTTM_OUTCOME_EXITED:
        rt_kprintf("exit code %d\n", (int)code);
        return (int)code;
    case RTTM_OUTCOME_ENDED:
        rt_kprintf("ended without an exit code\n");
        return FAILED;
    default:
        return FAILED;
    }
}

static int find_and_run(int argc, char *const argv[])
{
    char *path = rttm_find_program(argv[0]);
    int   result;

    if (path == RT_NULL)
    {
        rt_kprintf("mod: no file %s%s here or in /bin\n", argv[0], strchr(argv[0], '.') ? "" : ".mo");
        return FAILED;
    }
    result = run(path, argc, argv);
    rt_free(path);
    return result;
}

static int mod(int argc, char **argv)
{
    const char *subcommand = argc > 1 ? argv[1] : "help";

    if (strcmp(subcommand, "list") == 0 && argc == 2)
    {
        rttm_list();
        return 0;
    }
    if (strcmp(subcommand, "run") == 0 && argc > 2)
        return find_and_run(argc - 2, argv + 2);
    if (strcmp(subcommand, "receive") == 0 && argc <= 3)
        return rttm_receive(argc == 3 ? argv[2] : RT_NULL) == RT_EOK ? 0 : FAILED;
    print_usage();
    return strcmp(subcommand, "help") == 0 ? 0 : FAILED;
}
MSH_CMD_EXPORT(mod, load and run modules)
