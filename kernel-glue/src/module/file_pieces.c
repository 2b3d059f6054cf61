/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Caches small pieces of a file.
 *
 * The file system caches one block. The loader alternates between tables, so without a cache of its own the same blocks
 * would be read from the card again and again.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "../port/compat.h"
#include "loading.h"

const char *rttm_pieces_begin(struct rttm_pieces *file, int fd)
{
    int size = (int)lseek(fd, 0, SEEK_END);

    if (size <= 0)
        return size == 0 ? "the file is empty" : "cannot be read";
    file->fd = fd;
    file->file_bytes = file->position = (rt_uint32_t)size;
    return RT_NULL;
}

static rt_bool_t read_from_file(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length)
{
    if (file->position != offset && lseek(file->fd, (off_t)offset, SEEK_SET) != (off_t)offset)
        return RT_FALSE;
    file->position = offset + length;
    return read(file->fd, bytes, length) == (int)length;
}

/* The number of the piece at `offset`, which may have to make room for it; or -1. */
static int piece_at(struct rttm_pieces *file, rt_uint32_t offset)
{
    rt_uint32_t length = file->file_bytes - offset;
    int         oldest = 0;
    int         i;

    for (i = 0; i < RTTM_PIECES; i++)
    {
        if (file->pieces[i].used != 0 && file->pieces[i].offset == offset)
            return i;
        if (file->pieces[i].used < file->pieces[oldest].used)
            oldest = i;
    }
    file->pieces[oldest].used = 0;
    file->pieces[oldest].offset = offset;
    if (!read_from_file(file, offset, file->pieces[oldest].bytes,
                        length < RTTM_PIECE_BYTES ? length : RTTM_PIECE_BYTES))
        return -1;
    return oldest;
}

rt_bool_t rttm_pieces_read(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length)
{
    rt_uint8_t *into = bytes;

    if (length > RTTM_PIECES * RTTM_PIECE_BYTES)
        return read_from_file(file, offset, bytes, length);
    while (length > 0)
    {
        rt_uint32_t within = offset % RTTM_PIECE_BYTES;
        rt_uint32_t part = length < RTTM_PIECE_BYTES - within ? length : RTTM_PIECE_BYTES - within;
        int         piece = piece_at(file, offset - within);

        if (piece < 0)
            return RT_FALSE;
        file->pieces[piece].used = ++file->uses;
        rt_memcpy(into, file->pieces[piece].bytes + within, part);
        into += part;
        offset += part;
        length -= part;
    }
    return RT_TRUE;
}

#endif /* RT_USING_MODULE */
