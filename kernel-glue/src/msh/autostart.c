/* SPDX-License-Identifier: Apache-2.0 */
/* Starts the modules in one folder when the kernel boots, if their notes ask for it. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_AUTOSTART

#include <string.h>

#include <rtthread.h>

#include "../module/arguments.h"
#include "../module/exec.h"
#include "../module/note.h"
#include "../port/compat.h"
#include "rtt_mod.h"
#include "rttm_autostart.h"
#include "subcommands.h"

#ifndef RTT_MOD_AUTOSTART_FOLDER
#define RTT_MOD_AUTOSTART_FOLDER "/autostart"
#endif

#ifndef RTT_MOD_AUTOSTART_STACK_SIZE
#define RTT_MOD_AUTOSTART_STACK_SIZE (1024 * sizeof(rt_ubase_t))
#endif

/* The shell's priority, so that programs without a priority get the same one as from the shell. */
#ifdef FINSH_THREAD_PRIORITY
#define PRIORITY FINSH_THREAD_PRIORITY
#else
#define PRIORITY 20
#endif

#define TIME_SLICE 10

/* The bytes of a file's name with its NUL. Files with longer names are skipped. */
#define NAME_BYTES 64

static rt_bool_t autostart_is_module(const char *name)
{
    rt_size_t length = strlen(name);

    return length < NAME_BYTES && length > 3 &&
           (strcmp(name + length - 3, ".mo") == 0 || strcmp(name + length - 3, ".MO") == 0);
}

/*
 * Stores the name that follows `last` in alphabetical order in `next`. This needs memory for two names only, however
 * many files there are. RT_FALSE after the last one.
 */
static rt_bool_t autostart_find_next(DIR *folder, const char *last, char next[NAME_BYTES])
{
    struct dirent *entry;

    next[0] = '\0';
    rewinddir(folder);
    while ((entry = readdir(folder)) != RT_NULL)
    {
        if (autostart_is_module(entry->d_name) && strcmp(entry->d_name, last) > 0 &&
            (next[0] == '\0' || strcmp(entry->d_name, next) < 0))
            strcpy(next, entry->d_name);
    }
    return next[0] != '\0';
}

static rt_bool_t autostart_is_wanted(const char *path)
{
    struct rttm_note_head note;

    switch (rttm_note_read(path, &note))
    {
    case RTTM_NOTE_READ:
        return (note.flags & RTTM_APP_AUTOSTART) != 0;
    case RTTM_NOTE_NONE:
        return RT_FALSE;
    default:
        rt_kputs(path);
        rt_kprintf(": damaged, not started; run `mkmod check` on it\n");
        return RT_FALSE;
    }
}

/* Calls `work` for each module that starts at boot. */
static rt_bool_t autostart_for_each(void (*work)(const char *path, const char *name))
{
    char  path[sizeof RTT_MOD_AUTOSTART_FOLDER + NAME_BYTES];
    char  last[NAME_BYTES] = {0};
    char *name = path + sizeof RTT_MOD_AUTOSTART_FOLDER;
    DIR  *folder = rttm_open_directory(RTT_MOD_AUTOSTART_FOLDER);

    if (folder == RT_NULL)
        return RT_FALSE;
    rt_memcpy(path, RTT_MOD_AUTOSTART_FOLDER "/", sizeof RTT_MOD_AUTOSTART_FOLDER);
    while (autostart_find_next(folder, last, name))
    {
        if (autostart_is_wanted(path))
            work(path, name);
        strcpy(last, name);
    }
    closedir(folder);
    return RT_TRUE;
}

static void autostart_start(const char *path, const char *name)
{
    char                program[NAME_BYTES];
    char *const         argv[] = {program};
    struct rttm_module *module;
    char               *line;

    rt_snprintf(program, sizeof program, "%.*s", (int)strlen(name) - 3, name);
    line = rttm_join_arguments(1, argv);
    if (line == RT_NULL)
    {
        rt_kputs(path);
        rt_kprintf(": no memory for its name\n");
        return;
    }
    rttm_exec(path, line, &module);
    rt_free(line);
    rt_thread_delay(1); /* 5.x puts a new thread in front of others of its priority: this one begins first */
}

static void autostart_print_name(const char *path, const char *name)
{
    (void)path;
    rt_kprintf("%s\n", name);
}

rt_bool_t rttm_autostart_now(void)
{
    return autostart_for_each(autostart_start);
}

rt_bool_t rttm_autostart_list(void)
{
    return autostart_for_each(autostart_print_name);
}

static void autostart_thread(void *unused)
{
    (void)unused;
    rttm_autostart_now();
}

/* Starts a thread, because the thread that boots has a small stack and the `init` of a resident module runs here. */
int rttm_autostart(void)
{
    rt_thread_t thread;

    thread = rt_thread_create("modauto", autostart_thread, RT_NULL, RTT_MOD_AUTOSTART_STACK_SIZE, PRIORITY, TIME_SLICE);
    if (thread == RT_NULL)
    {
        rt_kprintf("no memory for the thread that starts the modules in " RTT_MOD_AUTOSTART_FOLDER "\n");
        return -1;
    }
    rt_thread_startup(thread);
    return 0;
}
INIT_APP_EXPORT(rttm_autostart);

#endif /* RTT_MOD_USING_AUTOSTART */
