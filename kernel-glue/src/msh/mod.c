/* SPDX-License-Identifier: Apache-2.0 */
/* The MSH command `mod`: the table of its subcommands, and how each is called. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <stdlib.h>
#include <string.h>

#include <rtthread.h>
#include <finsh.h>

#include "../module/arguments.h"
#include "../module/exec.h"
#include "../module/find.h"
#include "../module/end.h"
#include "../module/load.h"
#include "../module/log.h"
#include "../module/run.h"
#include "../port/compat.h"
#include "rtt_mod.h"
#include "rttm_environment.h"
#include "subcommands.h"

/* The result of `mod` for MSH if it fails. `mod run` returns the exit code of the program. */
#define FAILED (-1)

#ifdef RT_USING_MODULE

/* One line with all arguments, for rt_free, or RT_NULL. */
static char *join_arguments(int argc, char *const argv[])
{
    char *line = rttm_join_arguments(argc, argv);

    if (line == RT_NULL)
        rt_kprintf("mod: no memory for the arguments\n");
    return line;
}

/* Runs the program at `path` with `argv`, whose first element is its name, and frees `path`. */
static int mod_run_program(char *path, int argc, char *const argv[])
{
    rt_int32_t code = 0;
    char      *line = join_arguments(argc, argv);

    if (line == RT_NULL)
    {
        rt_free(path);
        return FAILED;
    }
    switch (rttm_run(path, line, rttm_await_at_console, &code))
    {
    case RTTM_OUTCOME_EXITED:
        rt_kprintf("exit code %s%u\n", rttm_sign(code), rttm_magnitude(code));
        return (int)code;
    case RTTM_OUTCOME_STAYS:
        return 0;
    default:
        return FAILED;
    }
}

static int no_such_file(const char *name)
{
    rt_kprintf("mod: no file %s%s here or in /bin\n", name, strchr(name, '.') ? "" : ".mo");
    return FAILED;
}

/* Calls `work` with the path of the module called `name`. */
static int with_file(const char *name, rt_bool_t (*work)(const char *path))
{
    char     *path = rttm_find_program(name);
    rt_bool_t is_done;

    if (path == RT_NULL)
        return no_such_file(name);
    is_done = work(path);
    rt_free(path);
    return is_done ? 0 : FAILED;
}

static int mod_run(int argc, char *const argv[])
{
    char *path = rttm_find_program(argv[0]);

    return path != RT_NULL ? mod_run_program(path, argc, argv) : no_such_file(argv[0]);
}

static int mod_start(int argc, char *const argv[])
{
    struct rttm_module *module;
    enum rttm_loaded    loaded = RTTM_LOADED_NOT;
    char               *path = rttm_find_program(argv[0]);
    char               *line;

    if (path == RT_NULL)
        return no_such_file(argv[0]);
    line = join_arguments(argc, argv);
    if (line != RT_NULL)
        loaded = rttm_exec(path, line, &module);
    rt_free(line);
    rt_free(path);
    return loaded == RTTM_LOADED_NOT ? FAILED : 0;
}

static int mod_check(int argc, char *const argv[])
{
    (void)argc;
    return with_file(argv[0], rttm_check);
}

#endif /* RT_USING_MODULE */

static int mod_list(int argc, char *const argv[])
{
    (void)argc;
    (void)argv;
    rttm_list();
    return 0;
}

static int mod_kill(int argc, char *const argv[])
{
    return rttm_kill(argv[0], argc > 1 ? atoi(argv[1]) : 1) ? 0 : FAILED;
}

#if defined(RTT_MOD_USING_RESIDENT) && defined(RT_USING_MODULE)
static int mod_load(int argc, char *const argv[])
{
    char               *path = rttm_find_program(argv[0]);
    struct rttm_module *module;
    enum rttm_loaded    loaded;

    (void)argc;
    if (path == RT_NULL)
        return no_such_file(argv[0]);
    loaded = rttm_load(path, RTTM_USE_RESIDENT, &module);
    rt_free(path);
    return loaded == RTTM_LOADED_TO_STAY ? 0 : FAILED;
}
#endif

static int mod_unload(int argc, char *const argv[])
{
    (void)argc;
    return rttm_unload(argv[0]) ? 0 : FAILED;
}

#ifdef RTT_MOD_USING_AUTOSTART
static int mod_auto(int argc, char *const argv[])
{
    rt_bool_t is_start = argc > 0 && strcmp(argv[0], "start") == 0;

    if (is_start ? rttm_autostart_now() : rttm_autostart_list())
        return 0;
    rt_kprintf("mod: there is no folder for modules that start at boot\n");
    return FAILED;
}
#endif

#ifdef RTT_MOD_USING_RECEIVE
static int mod_receive(int argc, char *const argv[])
{
    return rttm_receive(argc > 0 ? argv[0] : RT_NULL) == RT_EOK ? 0 : FAILED;
}
#endif

#ifdef RTT_MOD_USING_SERVE
static int mod_serve(int argc, char *const argv[])
{
    (void)argc;
    (void)argv;
    return rttm_serve() ? 0 : FAILED;
}
#endif

#ifdef RTT_MOD_USING_INFO
/* A loaded module with this name, or else a file. */
static int mod_info(int argc, char *const argv[])
{
    (void)argc;
    if (rttm_info_of_loaded(argv[0]))
        return 0;
    return with_file(argv[0], rttm_info_of_file);
}
#endif

#ifdef RTTM_HAS_LOG
static int mod_log(int argc, char *const argv[])
{
    (void)argc;
    (void)argv;
    rttm_log_print();
    return 0;
}
#endif

#ifdef RTT_MOD_USING_ENVIRONMENT
#define ENTRY_BYTES 80u /* more of a variable is not shown */

/* `text` is NAME=VALUE, and is changed. */
static int mod_env_set(char *text)
{
    char *value = strchr(text, '=');

    if (value == RT_NULL || value == text)
    {
        rt_kprintf("mod: `%s` is not NAME=VALUE\n", text);
        return FAILED;
    }
    *value++ = '\0';
    if (rttm_environment_set(text, value) == 0)
        return 0;
    rt_kprintf("mod: no memory for the variable `%s`\n", text);
    return FAILED;
}

static int mod_env(int argc, char *const argv[])
{
    char     text[ENTRY_BYTES + 1];
    uint32_t position;
    int32_t  length;

    if (argc > 0)
        return mod_env_set(argv[0]);
    for (position = 0; (length = rttm_environment_entry(position, text, ENTRY_BYTES)) >= 0; position++)
    {
        text[length < (int32_t)ENTRY_BYTES ? length : (int32_t)ENTRY_BYTES] = '\0';
        rt_kprintf("%s\n", text);
    }
    return 0;
}
#endif

static int mod_help(int argc, char *const argv[]);

struct subcommand
{
    const char        *name;
    const char        *arguments;
    const char        *description;
    int                least, most; /* arguments */
    enum rttm_argument argument;    /* the first */
    int (*run)(int argc, char *const argv[]);
};

static const struct subcommand subcommands[] = {
    {"list", "", "show the loaded modules", 0, 0, RTTM_ARGUMENT_NONE, mod_list},
#ifdef RTT_MOD_USING_INFO
    {"info", "FILE|NAME", "show the metadata of a file, or a loaded module", 1, 1, RTTM_ARGUMENT_EITHER, mod_info},
#endif
#ifdef RT_USING_MODULE
    {"run", "FILE ARGS", "run a module, wait for its end and show its exit code", 1, RTT_MOD_ARGUMENTS_MAX,
     RTTM_ARGUMENT_FILE, mod_run},
    {"start", "FILE ARGS", "start a module without waiting", 1, RTT_MOD_ARGUMENTS_MAX, RTTM_ARGUMENT_FILE, mod_start},
#endif
    {"kill", "NAME [N]", "end a module; of several, the newest or the Nth listed", 1, 2, RTTM_ARGUMENT_MODULE,
     mod_kill},
#if defined(RTT_MOD_USING_RESIDENT) && defined(RT_USING_MODULE)
    {"load", "FILE", "load a resident module, which stays", 1, 1, RTTM_ARGUMENT_FILE, mod_load},
#endif
    {"unload", "NAME", "end a resident module or a program, and free it", 1, 1, RTTM_ARGUMENT_MODULE, mod_unload},
#ifdef RT_USING_MODULE
    {"check", "FILE", "check that a module would load, or say why not", 1, 1, RTTM_ARGUMENT_FILE, mod_check},
#endif
#ifdef RTTM_HAS_LOG
    {"log", "", "show how the last modules ended", 0, 0, RTTM_ARGUMENT_NONE, mod_log},
#endif
#ifdef RTT_MOD_USING_AUTOSTART
    {"auto", "[start]", "show what starts at boot, or start it now", 0, 1, RTTM_ARGUMENT_NONE, mod_auto},
#endif
#ifdef RTT_MOD_USING_ENVIRONMENT
    {"env", "[N=VALUE]", "show the variables of modules, or set one", 0, 1, RTTM_ARGUMENT_NONE, mod_env},
#endif
#ifdef RTT_MOD_USING_RECEIVE
    {"receive", "[FILE]", "receive a file by YMODEM, and replace the old one", 0, 1, RTTM_ARGUMENT_FILE, mod_receive},
#endif
#ifdef RTT_MOD_USING_SERVE
    {"serve", "", "answer mkmod, which sends files and runs modules", 0, 0, RTTM_ARGUMENT_NONE, mod_serve},
#endif
    {"help", "", "show this", 0, 0, RTTM_ARGUMENT_NONE, mod_help},
};

#define SUBCOMMANDS (sizeof subcommands / sizeof subcommands[0])

static int mod_help(int argc, char *const argv[])
{
    rt_size_t i;

    (void)argc;
    (void)argv;
    for (i = 0; i < SUBCOMMANDS; i++)
        rt_kprintf("mod %-7s %-9s  %s\n", subcommands[i].name, subcommands[i].arguments, subcommands[i].description);
    return 0;
}

const char *rttm_subcommand(int position)
{
    return position < (int)SUBCOMMANDS ? subcommands[position].name : RT_NULL;
}

enum rttm_argument rttm_subcommand_argument(const char *text)
{
    rt_size_t i;

    for (i = 0; i < SUBCOMMANDS; i++)
    {
        rt_size_t length = strlen(subcommands[i].name);

        if (strncmp(text, subcommands[i].name, length) == 0 && text[length] == ' ')
            return subcommands[i].argument;
    }
    return RTTM_ARGUMENT_NONE;
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
    mod_help(0, RT_NULL);
    return FAILED;
}
MSH_CMD_EXPORT(mod, load and run modules)

int rttm_mod(char *line)
{
    char *argv[RTT_MOD_ARGUMENTS_MAX + 2]; /* `mod run` and the program's */

    return mod(rttm_split_arguments(line, argv, RTT_MOD_ARGUMENTS_MAX + 2), argv);
}

#endif /* RTT_MOD_USING_COMMAND */
