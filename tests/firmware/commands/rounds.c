/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command of the firmware for soaks alone: `rounds FILE` runs the lines of a file, each after a line `> ` with its text,
 * so that thousands need no typing. A line `+N` waits N thousandths of a tick: a busy loop for the last of them, so that what
 * comes next is not in step with the tick. At the end it says how many modules were killed where they were in the kernel.
 */
#include <stdlib.h>
#include <string.h>

#include <rtthread.h>
#include <finsh.h>
#include <msh.h>

#include "commands/kernel.h"
#include <../src/contain/return_address.h> /* beside the folder of the glue's headers, wherever that is */
#include <../src/module/record.h>

/* Of a busy loop of 6 instructions or so: the soak's QEMU runs 62,500 in a tick. */
#define LOOPS_IN_A_THOUSANDTH 10

#define LINE_MAX 80
#define KILL     "mod kill "

static char lines[8192];

static rt_uint32_t kills;
static rt_uint32_t kills_in_the_kernel;

static void wait_for(long thousandths)
{
    volatile long loops = thousandths % 1000 * LOOPS_IN_A_THOUSANDTH;

    rt_thread_delay((rt_tick_t)(thousandths / 1000));
    while (loops > 0)
        loops--;
}

/* Whether the main thread of the module goes on in the kernel, or waits there. */
static rt_bool_t is_in_the_kernel(const char *name)
{
    const struct rttm_module *module;
    rt_bool_t                 found = RT_FALSE;

    rt_enter_critical();
    RTTM_FOR_EACH_MODULE(module)
    {
        if (strncmp(module->name, name, RT_NAME_MAX) == 0 && module->main_thread != RT_NULL)
            found = rttm_saved_pc(module->main_thread) - (rt_ubase_t)module->image >= module->image_bytes;
    }
    rt_exit_critical();
    return found;
}

/* In one piece, and not by rt_kprintf: all threads share its buffer, and one that prints meanwhile would change the line. */
static void say(const char *line)
{
    char text[LINE_MAX + sizeof "> \n"];

    rt_snprintf(text, sizeof text, "> %s\n", line);
    rt_enter_critical();
    rt_kputs(text);
    rt_exit_critical();
}

static void run_line(const char *text)
{
    char line[LINE_MAX];

    rt_strncpy(line, text, sizeof line - 1);
    line[sizeof line - 1] = '\0';
    say(line);
    if (strncmp(line, KILL, sizeof KILL - 1) == 0)
    {
        kills++;
        kills_in_the_kernel += is_in_the_kernel(line + sizeof KILL - 1);
    }
    msh_exec(line, (rt_size_t)rt_strlen(line));
}

static rt_bool_t read_lines(const char *path)
{
    int descriptor = open(path, O_RDONLY, 0);
    int length = descriptor >= 0 ? read(descriptor, lines, sizeof lines - 1) : -1;

    if (descriptor >= 0)
        close(descriptor);
    lines[length > 0 ? length : 0] = '\0';
    return length > 0;
}

static int rounds(int argc, char **argv)
{
    char *line;
    char *end;

    if (argc < 2 || !read_lines(argv[1]))
    {
        rt_kprintf("rounds FILE\n");
        return -1;
    }
    kills = 0;
    kills_in_the_kernel = 0;
    for (line = lines; (end = strchr(line, '\n')) != RT_NULL; line = end + 1)
    {
        *end = '\0';
        if (line[0] == '+')
            wait_for(atol(line + 1));
        else
            run_line(line);
    }
    rt_kprintf("> end: %u of %u were killed in the kernel\n", (unsigned)kills_in_the_kernel, (unsigned)kills);
    return 0;
}
MSH_CMD_EXPORT(rounds, run the lines of a file)
