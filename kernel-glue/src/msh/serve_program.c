/* SPDX-License-Identifier: Apache-2.0 */
/* The program that mkmod runs, and what a debugger has to know of modules: its place, its start, what is typed for it, its end. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SERVE

#include <string.h>

#include <rtthread.h>

#include "../module/arguments.h"
#include "../module/find.h"
#include "../module/short_name.h"
#include "../module/statistics.h"
#include "../port/build_id.h"
#include "../port/compat.h"
#include "serve.h"

static void answer_typed(struct rttm_typed *typed, const struct rttm_request *request, char *answer)
{
    rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %u", (unsigned)rttm_typed_put(typed, request->body, request->length));
}

/* Splits the body, which has the program and its arguments, each with a NUL. */
static int split_body(const struct rttm_request *request, char *argv[RTT_MOD_ARGUMENTS_MAX])
{
    const char *at = (const char *)request->body;
    const char *end = at + request->length;
    int         argc = 0;

    for (; at < end && argc < RTT_MOD_ARGUMENTS_MAX; at += strlen(at) + 1)
        argv[argc++] = (char *)at;
    return argc;
}

static void start_program(struct rttm_served_program *program)
{
    program->typed.begin = program->typed.end;
    rttm_typed_use(&program->typed);
    program->is_loaded = RT_FALSE;
    program->runs = RT_TRUE;
    rttm_run_start(&program->waiter);
}

static void answer_place(const char *name, rt_ubase_t image, const rt_uint8_t *build_id, char *answer)
{
    char build[RTTM_BUILD_ID_TEXT_BYTES];

    rt_snprintf(answer, RTTM_ANSWER_BYTES, "k 0x%lx %s %.*s", image, rttm_build_id_text(build_id, build), RT_NAME_MAX,
                name);
}

/* Frees `path`, and `line` with it. */
static void load_program(struct rttm_served_program *program, char *path, char *line, char *answer)
{
    switch (rttm_run_load(&program->waiter, path, line))
    {
    case RTTM_LOADED_TO_USE:
        program->is_loaded = RT_TRUE;
        answer_place(program->waiter.module->name, rttm_module_base(program->waiter.module),
                     program->waiter.module->build_id, answer);
        return;
    case RTTM_LOADED_TO_STAY:
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k stays");
        return;
    case RTTM_LOADED_NOT:
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e it is not loaded");
        return;
    }
}

static void answer_load(struct rttm_served_program *program, const struct rttm_request *request, char *answer)
{
    char     *argv[RTT_MOD_ARGUMENTS_MAX];
    int       argc = split_body(request, argv);
    rt_bool_t is_free = !program->runs && !program->is_loaded;
    char     *path = argc > 0 && is_free ? rttm_find_program(argv[0]) : RT_NULL;
    char     *line = path != RT_NULL ? rttm_join_arguments(argc, argv) : RT_NULL;

    if (line != RT_NULL)
    {
        load_program(program, path, line, answer);
        return;
    }
    rt_free(path);
    if (!is_free)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e another program runs");
    else if (path == RT_NULL)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e there is no such module here or in /bin");
    else
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e no memory for the arguments");
}

static void answer_start(struct rttm_served_program *program, char *answer)
{
    if (program->is_loaded)
        start_program(program);
    else
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e no program is loaded");
}

/* The newest of those that are called `name`. */
static void answer_module(const char *name, char *answer)
{
    struct rttm_module_statistics statistics;
    char                          short_name[RT_NAME_MAX];
    int                           position;

    rttm_short_name(name, short_name);
    for (position = 0; rttm_module_statistics(position, &statistics); position++)
    {
        if (rt_strncmp(statistics.name, short_name, RT_NAME_MAX) == 0)
        {
            answer_place(statistics.name, statistics.image, statistics.build_id, answer);
            return;
        }
    }
    rt_snprintf(answer, RTTM_ANSWER_BYTES, "e no module has this name; see `mod list`");
}

static void answer_state(const struct rttm_served_program *program, char *answer)
{
    if (program->runs)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k runs");
    else
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %s%u", rttm_sign(program->waiter.result),
                    rttm_magnitude(program->waiter.result));
}

rt_bool_t rttm_serve_program(struct rttm_served_program *program, const struct rttm_request *request, char *answer)
{
    switch (request->kind)
    {
    case 'o':
        answer_load(program, request, answer);
        return RT_TRUE;
    case 'x':
        answer_start(program, answer);
        return RT_TRUE;
    case 'm':
        answer_module((const char *)request->body, answer);
        return RT_TRUE;
    case 't':
        answer_typed(&program->typed, request, answer);
        return RT_TRUE;
    case 'w':
        answer_state(program, answer);
        return RT_TRUE;
    case 'i':
        if (program->runs)
            rttm_waiter_kill(&program->waiter);
        return RT_TRUE;
    default:
        return RT_FALSE;
    }
}

rt_bool_t rttm_serve_has_ended(struct rttm_served_program *program)
{
    if (!program->runs || !rttm_waiter_wait(&program->waiter, 0))
        return RT_FALSE;
    rttm_waiter_leave(&program->waiter);
    program->runs = RT_FALSE;
    rttm_typed_use(RT_NULL);
    return RT_TRUE;
}

void rttm_serve_leave(struct rttm_served_program *program)
{
    if (program->is_loaded)
        start_program(program);
    if (program->runs)
        rttm_waiter_leave(&program->waiter);
    rttm_typed_use(RT_NULL);
}

#endif /* RTT_MOD_USING_SERVE */
