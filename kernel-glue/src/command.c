/* SPDX-License-Identifier: Apache-2.0 */
/* The MSH command `mod`. */
#include "groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <string.h>

#include <rtthread.h>
#include <finsh.h>

#include "arguments.h"
#include "autostart.h"
#include "find.h"
#include "list.h"
#include "load.h"
#include "receive.h"
#include "resident.h"
#include "run.h"

#ifndef FINSH_ARG_MAX
#define FINSH_ARG_MAX 8 /* MSH's own default */
#endif

/* What `mod` returns to MSH when it could not do what it was asked; a program's own exit code takes its place. */
#define FAILED (-1)

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
    case RTTM_OUTCOME_STAYS:
        return 0;
    default:
        return FAILED;
    }
}

static int no_file(const char *name)
{
    rt_kprintf("mod: no file %s%s here or in /bin\n", name, strchr(name, '.') ? "" : ".mo");
    return FAILED;
}

static int find_and_run(int argc, char *const argv[])
{
    char *path = rttm_find_program(argv[0]);
    int   result;

    if (path == RT_NULL)
        return no_file(argv[0]);
    result = run(path, argc, argv);
    rt_free(path);
    return result;
}

static int list(int argc, char *const argv[])
{
    (void)argc;
    (void)argv;
    rttm_list();
    return 0;
}

static int load(int argc, char *const argv[])
{
    char               *path = rttm_find_program(argv[0]);
    struct rt_dlmodule *module;
    enum rttm_loaded    loaded;

    (void)argc;
    if (path == RT_NULL)
        return no_file(argv[0]);
    loaded = rttm_load(path, RTTM_USE_RESIDENT, &module);
    rt_free(path);
    return loaded == RTTM_LOADED_TO_STAY ? 0 : FAILED;
}

static int unload(int argc, char *const argv[])
{
    (void)argc;
    return rttm_unload(argv[0]) ? 0 : FAILED;
}

#ifdef RTT_MOD_USING_AUTOSTART
static int autostart(int argc, char *const argv[])
{
    rt_bool_t is_start = argc > 0 && strcmp(argv[0], "start") == 0;

    if (is_start ? rttm_autostart_now() : rttm_autostart_list())
        return 0;
    rt_kprintf("mod: there is no folder for modules that start at boot\n");
    return FAILED;
}
#endif

#ifdef RTT_MOD_USING_RECEIVE
static int receive(int argc, char *const argv[])
{
    return rttm_receive(argc > 0 ? argv[0] : RT_NULL) == RT_EOK ? 0 : FAILED;
}
#endif

static int print_usage(int argc, char *const argv[]);

struct subcommand
{
    const char *name;
    const char *arguments;
    const char *description;
    int         least, most; /* arguments */
    int (*run)(int argc, char *const argv[]);
};

static const struct subcommand subcommands[] = {
    {"list", "", "show the loaded modules", 0, 0, list},
    {"run", "FILE ARGS", "run a module, wait for its end and show its exit code", 1, FINSH_ARG_MAX, find_and_run},
    {"load", "FILE", "load a resident module, which stays", 1, 1, load},
    {"unload", "NAME", "end a resident module or a program, and free it", 1, 1, unload},
#ifdef RTT_MOD_USING_AUTOSTART
    {"auto", "[start]", "show what starts at boot, or start it now", 0, 1, autostart},
#endif
#ifdef RTT_MOD_USING_RECEIVE
    {"receive", "[FILE]", "receive a file over the console, by YMODEM, in place of the old one", 0, 1, receive},
#endif
    {"help", "", "show this", 0, 0, print_usage},
};

#define SUBCOMMANDS (sizeof subcommands / sizeof subcommands[0])

static int print_usage(int argc, char *const argv[])
{
    rt_size_t i;

    (void)argc;
    (void)argv;
    for (i = 0; i < SUBCOMMANDS; i++)
        rt_kprintf("mod %-7s %-9s  %s\n", subcommands[i].name, subcommands[i].arguments, subcommands[i].description);
    return 0;
}

static int mod(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "help";
    int         arguments = argc > 1 ? argc - 2 : 0;
    rt_size_t   i;

    for (i = 0; i < SUBCOMMANDS; i++)
    {
        const struct subcommand *subcommand = &subcommands[i];

        if (strcmp(subcommand->name, name) == 0 && arguments >= subcommand->least && arguments <= subcommand->most)
            return subcommand->run(arguments, argv + argc - arguments);
    }
    print_usage(0, RT_NULL);
    return FAILED;
}
MSH_CMD_EXPORT(mod, load and run modules)

#endif /* RTT_MOD_USING_COMMAND */
