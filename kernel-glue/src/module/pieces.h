/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_PIECES_H
#define RTTM_PIECES_H

#include <rtthread.h>

/* As many as the loader walks over at once: relocations, symbols and their names. */
#define RTTM_PIECES 3
#define RTTM_PIECE_BYTES 64u

/* An open file, and the pieces of it that were read last. */
struct rttm_pieces
{
    int         fd;
    rt_uint32_t file_bytes;
    rt_uint32_t position; /* of the file: seeking is not free */
    rt_uint32_t uses;
    struct
    {
        rt_uint32_t used; /* when; 0: it holds nothing */
        rt_uint32_t offset;
        rt_uint8_t  bytes[RTTM_PIECE_BYTES];
    } pieces[RTTM_PIECES];
};

/* Begins with the open file `fd`; `file` is all zeros. RT_NULL, or what is wrong with it. */
const char *rttm_pieces_begin(struct rttm_pieces *file, int fd);

/* Reads `length` bytes at `offset`, which lie in the file. */
rt_bool_t rttm_pieces_read(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length);

#endif /* RTTM_PIECES_H */
