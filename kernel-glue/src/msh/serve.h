/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The protocol between mkmod and a board, over a console on which others print: see docs/internals/console-protocol.md.
 *
 * mkmod sends requests in frames: RFC 1662, with the characters escaped that the shell would take for the end of a line. A
 * request has a number, and is repeated until it is answered. The request that was answered last is answered again, but
 * not done again. A block of a file has no answer: mkmod asks afterwards which ones have arrived.
 *
 * The answers are escape sequences (APC), which no program prints by chance and no terminal shows.
 */
#ifndef RTTM_SERVE_H
#define RTTM_SERVE_H

#include <rtthread.h>

#include "../module/run.h"
#include "typed.h"

/* The bytes of a file in one frame. */
#define RTTM_BLOCK_BYTES 512u

/* The longest answer, with its NUL. */
#define RTTM_ANSWER_BYTES 280

/* A request. */
struct rttm_request
{
    char              kind;
    rt_uint32_t       number; /* of the request; of a block: where it belongs in the file */
    const rt_uint8_t *body;   /* followed by a NUL, so that a text at its end has one */
    rt_size_t         length;
};

/* A file that arrives. All zeros: there is none. */
struct rttm_upload
{
    char       *path; /* for rt_free, as are the next two */
    char       *part; /* of the incomplete file */
    rt_uint8_t *window;
    rt_uint32_t window_bytes;
    rt_uint32_t arrived; /* bit n: block n of the window is there */
    rt_uint32_t written; /* bytes, which are in the file; the window begins there */
    rt_uint32_t size;
    int         fd;
};

/* The program that runs for mkmod. All zeros: there was none. */
struct rttm_served_program
{
    struct rttm_typed  typed;
    struct rttm_waiter waiter;
    rt_bool_t          is_loaded; /* and not started yet */
    rt_bool_t          runs;
};

/* CRC-32 of IEEE 802.3 of `bytes` behind those of which it is `before`; 0 at the beginning (serve.c). */
rt_uint32_t rttm_crc32(rt_uint32_t before, const void *bytes, rt_size_t length);

/* A number in a frame: little endian (serve.c). */
rt_uint32_t rttm_serve_word(const rt_uint8_t *bytes);

/* ---- files (serve_files.c) ---------------------------------------------------------------------------------------- */

/* Writes the answer to a request about files: `k`, or `e` and an error. RT_FALSE if it is none. */
rt_bool_t rttm_serve_files(struct rttm_upload *upload, const struct rttm_request *request, char *answer);

/* Takes a block, which has no answer. */
void rttm_serve_block(struct rttm_upload *upload, const struct rttm_request *block);

/* Gives a file up that is not complete. */
void rttm_serve_give_up(struct rttm_upload *upload);

/* ---- programs (serve_program.c) ----------------------------------------------------------------------------------- */

/* Writes the answer to a request about the program. RT_FALSE if it is none. */
rt_bool_t rttm_serve_program(struct rttm_served_program *program, const struct rttm_request *request, char *answer);

/* Whether the program has ended since the last call. */
rt_bool_t rttm_serve_has_ended(struct rttm_served_program *program);

/* Leaves the program alone. If it is only loaded, it starts. */
void rttm_serve_leave(struct rttm_served_program *program);

#endif /* RTTM_SERVE_H */
