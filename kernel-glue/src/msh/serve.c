/* SPDX-License-Identifier: Apache-2.0 */
/* `mod serve`: serves the requests of mkmod that arrive over the console. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SERVE

#include <string.h>

#include <rtthread.h>
#include <rthw.h>

#include "../port/compat.h"
#include "serve.h"
#include "subcommands.h"

/* An answer: `ESC _ m; NUMBER ; TEXT ; CRC-32 ESC \`. */
#define BEGIN "\x1b_m;"
#define END   "\x1b\\"

/* Without a request for this time, mkmod is gone. It asks once a second while a program runs. */
#define PATIENCE_TICKS (5 * RT_TICK_PER_SECOND)

/* How often the program is looked at. */
#define SERVER_LOOK_TICKS (RT_TICK_PER_SECOND / 50 + 1)

/* RFC 1662. */
#define FLAG    0x7E
#define ESCAPE  0x7D
#define ESCAPED 0x20

/* What a user types to leave a board that serves nobody. */
#define CTRL_C 0x03

/* A frame has a kind, a number, a body and a checksum. */
#define HEAD_BYTES  5u
#define SUM_BYTES   4u
#define FRAME_BYTES (HEAD_BYTES + RTTM_BLOCK_BYTES + SUM_BYTES)

struct server
{
    rt_device_t                console;
    struct rt_semaphore        received;
    rt_tick_t                  last_request;
    rt_bool_t                  is_over;
    rt_bool_t                  is_escaped;
    rt_size_t                  length; /* of the frame, or more than FRAME_BYTES: it is too long */
    rt_uint8_t                 frame[FRAME_BYTES];
    rt_uint32_t                answered; /* the number of the last request; 0: none */
    char                       answer[RTTM_ANSWER_BYTES];
    struct rttm_upload         upload;
    struct rttm_served_program program;
};

/* Whose console it is; the callback of the device has no argument for it. */
static struct server *server_now;

rt_bool_t rttm_is_serving(void)
{
    return server_now != RT_NULL;
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

rt_uint32_t rttm_crc32(rt_uint32_t before, const void *bytes, rt_size_t length)
{
    const rt_uint8_t *at = bytes;
    rt_uint32_t       crc = ~before;
    int               bit;

    for (; length > 0; length--)
    {
        crc ^= *at++;
        for (bit = 0; bit < 8; bit++)
            crc = (crc >> 1) ^ (crc & 1 ? 0xEDB88320u : 0);
    }
    return ~crc;
}

/* In one piece, so that it is rare that somebody's text comes in between. */
static void server_print(rt_uint32_t number, const char *text)
{
    char      line[RTTM_ANSWER_BYTES + 32];
    rt_size_t length;

    rt_snprintf(line, sizeof line, BEGIN "%x;%s;", (unsigned)number, text);
    length = strlen(line);
    rt_snprintf(line + length, sizeof line - length, "%08x" END,
                (unsigned)rttm_crc32(0, line + sizeof BEGIN - 1, length + 1 - sizeof BEGIN));
    rt_kputs(line);
}

static void server_do(struct server *server, const struct rttm_request *request)
{
    char *answer = server->answer;

    rt_snprintf(answer, RTTM_ANSWER_BYTES, "k");
    if (request->kind == 'q')
        server->is_over = RT_TRUE;
    else if (request->kind != 'h' && !rttm_serve_files(&server->upload, request, answer) &&
             !rttm_serve_program(&server->program, request, answer))
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "e the firmware does not know this request: update kernel-glue");
}

static void server_request(struct server *server, const struct rttm_request *request)
{
    if (request->kind == 'd')
        rttm_serve_block(&server->upload, request);
    else
    {
        if (request->number != server->answered)
            server_do(server, request);
        server->answered = request->number;
        server_print(request->number, server->answer);
    }
    server->last_request = rt_tick_get();
}

/* ---- frames ------------------------------------------------------------------------------------------------------ */

rt_uint32_t rttm_serve_word(const rt_uint8_t *bytes)
{
    return bytes[0] | (rt_uint32_t)bytes[1] << 8 | (rt_uint32_t)bytes[2] << 16 | (rt_uint32_t)bytes[3] << 24;
}

/* A frame is complete. A damaged one is dropped: mkmod repeats it. */
static void server_frame(struct server *server)
{
    struct rttm_request request;
    rt_size_t           length = server->length - SUM_BYTES;

    if (server->length < HEAD_BYTES + SUM_BYTES || server->length > FRAME_BYTES ||
        rttm_crc32(0, server->frame, length) != rttm_serve_word(&server->frame[length]))
        return;
    server->frame[length] = '\0';
    request.kind = (char)server->frame[0];
    request.number = rttm_serve_word(&server->frame[1]);
    request.body = &server->frame[HEAD_BYTES];
    request.length = length - HEAD_BYTES;
    server_request(server, &request);
}

static void server_byte(struct server *server, rt_uint8_t byte)
{
    if (byte == FLAG)
    {
        server_frame(server);
        server->length = 0;
        server->is_escaped = RT_FALSE;
    }
    else if (byte == ESCAPE)
        server->is_escaped = RT_TRUE;
    else if (byte == CTRL_C && server->length == 0 && !server->is_escaped)
        server->is_over = RT_TRUE;
    else if (server->length <= FRAME_BYTES)
    {
        if (server->length < FRAME_BYTES)
            server->frame[server->length] = server->is_escaped ? byte ^ ESCAPED : byte;
        server->length++;
        server->is_escaped = RT_FALSE;
    }
}

/* ---- the console ------------------------------------------------------------------------------------------------- */

static rt_err_t server_indicate(rt_device_t device, rt_size_t bytes)
{
    (void)device;
    (void)bytes;
    if (server_now->received.value == 0)
        rt_sem_release(&server_now->received);
    return RT_EOK;
}

static void server_read(struct server *server)
{
    rt_uint8_t bytes[64];
    int        length, i;

    while ((length = (int)rt_device_read(server->console, 0, bytes, sizeof bytes)) > 0)
    {
        for (i = 0; i < length && !server->is_over; i++)
            server_byte(server, bytes[i]);
    }
}

static void server_loop(struct server *server)
{
    server->last_request = rt_tick_get();
    while (!server->is_over && rt_tick_get() - server->last_request < PATIENCE_TICKS)
    {
        rt_sem_take(&server->received, SERVER_LOOK_TICKS);
        server_read(server);
        if (rttm_serve_has_ended(&server->program))
        {
            char text[16];

            rt_snprintf(text, sizeof text, "x %s%u", rttm_sign(server->program.waiter.result),
                        rttm_magnitude(server->program.waiter.result));
            server_print(0, text);
        }
    }
}

/* Takes the console's callback from the shell, and gives it back. */
static void server_run(struct server *server)
{
    rt_err_t (*of_shell)(rt_device_t device, rt_size_t bytes) = server->console->rx_indicate;

    rt_sem_init(&server->received, "modserv", 0, RT_IPC_FLAG_FIFO);
    server_now = server;
    rt_device_set_rx_indicate(server->console, server_indicate);
    server_loop(server);
    rt_device_set_rx_indicate(server->console, of_shell);
    server_now = RT_NULL;
    rt_sem_detach(&server->received);
}

rt_bool_t rttm_serve(void)
{
    struct server *server;

    if (rt_console_get_device() == RT_NULL || server_now != RT_NULL)
    {
        rt_kprintf("mod: the console is not free\n");
        return RT_FALSE;
    }
    server = rt_calloc(1, sizeof *server);
    if (server == RT_NULL)
    {
        rt_kprintf("mod: no memory to serve mkmod\n");
        return RT_FALSE;
    }
    server->console = rt_console_get_device();
    server_run(server);
    rttm_serve_give_up(&server->upload);
    rttm_serve_leave(&server->program);
    rt_free(server);
    return RT_TRUE;
}

#endif /* RTT_MOD_USING_SERVE */
