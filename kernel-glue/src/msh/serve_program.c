/* SPDX-License-Identifier: Apache-2.0 */
/* The program that mkmod runs: its start, what is typed for it, its end. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SERVE

#include <string.h>

#include <rtthread.h>

#include "../abi/console.h"
#include "../module/arguments.h"
#include "../module/find.h"
#include "serve.h"

/* What was typed and is not read yet: a ring. Only the server writes it, and `typed_end`; only a module reads it. */
#define TYPED_BYTES 256u
static rt_uint8_t           typed[TYPED_BYTES];
static volatile rt_uint32_t typed_begin, typed_end;

#ifdef RTT_MOD_USING_CONSOLE

static int32_t take_typed(uint8_t *bytes, uint32_t capacity)
{
    uint32_t length = 0;

    for (; length < capacity && typed_begin != typed_end; length++)
        bytes[length] = typed[typed_begin++ % TYPED_BYTES];
    return (int32_t)length;
}

static void take_input_from(rttm_console_source_t *source)
{
    rttm_console_source = source;
}

#else /* no module reads the console */

#define take_typed RT_NULL

static void take_input_from(rttm_console_source_t *source)
{
    (void)source;
}

#endif

/* Puts as much into the ring as there is room for, and answers how much that is. */
static void answer_typed(const struct rttm_request *request, char *answer)
{
    rt_size_t length = 0;

    for (; length < request->length && typed_end - typed_begin < TYPED_BYTES; length++)
    {
        typed[typed_end % TYPED_BYTES] = request->body[length];
        typed_end++;
    }
    rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %u", (unsigned)length);
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

static void start_program(struct rttm_served_program *program, char *path, char *line, char *answer)
{
    typed_begin = typed_end;
    take_input_from(take_typed);
    switch (rttm_run_begin(&program->waiter, path, line))
    {
    case RTTM_LOADED_TO_USE:
        program->runs = RT_TRUE;
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k runs");
        return;
    case RTTM_LOADED_TO_STAY:
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k stays");
        break;
    case RTTM_LOADED_NOT:
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e it is not loaded");
        break;
    }
    take_input_from(RT_NULL);
}

static void answer_start(struct rttm_served_program *program, const struct rttm_request *request, char *answer)
{
    char *argv[RTT_MOD_ARGUMENTS_MAX];
    int   argc = split_body(request, argv);
    char *path = argc > 0 && !program->runs ? rttm_find_program(argv[0]) : RT_NULL;
    char *line = path != RT_NULL ? rttm_join_arguments(argc, argv) : RT_NULL;

    if (program->runs)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e another program runs");
    else if (path == RT_NULL)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e there is no such module here or in /bin");
    else if (line == RT_NULL)
    {
        rt_free(path);
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e no memory for the arguments");
    }
    else
        start_program(program, path, line, answer);
}

static void answer_state(const struct rttm_served_program *program, char *answer)
{
    if (program->runs)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k runs");
    else
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %d", (int)program->waiter.exit_code);
}

rt_bool_t rttm_serve_program(struct rttm_served_program *program, const struct rttm_request *request, char *answer)
{
    switch (request->kind)
    {
    case 'x':
        answer_start(program, request, answer);
        return RT_TRUE;
    case 't':
        answer_typed(request, answer);
        return RT_TRUE;
    case 'w':
        answer_state(program, answer);
        return RT_TRUE;
    case 'i':
        if (program->runs)
            rttm_run_kill(&program->waiter);
        return RT_TRUE;
    default:
        return RT_FALSE;
    }
}

rt_bool_t rttm_serve_has_ended(struct rttm_served_program *program)
{
    if (!program->runs || !rttm_run_await(&program->waiter, 0))
        return RT_FALSE;
    program->runs = RT_FALSE;
    take_input_from(RT_NULL);
    return RT_TRUE;
}

void rttm_serve_leave(struct rttm_served_program *program)
{
    if (program->runs)
        rttm_run_leave(&program->waiter);
    take_input_from(RT_NULL);
}

#endif /* RTT_MOD_USING_SERVE */
