/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads a file, and caches a piece of it; or reads from memory.
 *
 * The loader reads most of a file in large parts. For the small ones, a call of the file system each would take longer than
 * all else.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "../port/compat.h"
#include "loading.h"

#define NO_PIECE 1u

static const char *begin_file(struct rttm_pieces *file, int fd)
{
    int size = (int)lseek(fd, 0, SEEK_END);

    if (size <= 0)
        return size == 0 ? "the file is empty" : "cannot be read";
    file->piece = rt_malloc(RTTM_PIECE_BYTES);
    if (file->piece == RT_NULL)
        return "no memory to read it";
    file->piece_bytes = RTTM_PIECE_BYTES;
    file->piece_offset = NO_PIECE;
    file->fd = fd;
    file->file_bytes = file->position = (rt_uint32_t)size;
    return RT_NULL;
}

const char *rttm_pieces_begin(struct rttm_pieces *file, const struct rttm_source *source, int fd)
{
#ifdef RTT_MOD_USING_MEMORY
    file->bytes = source->bytes;
    file->file_bytes = source->length;
    if (source->bytes != RT_NULL)
        return RT_NULL;
#else
    (void)source;
#endif
    return begin_file(file, fd);
}

void rttm_pieces_end(struct rttm_pieces *file)
{
    rt_free(file->piece);
}

void rttm_pieces_shrink(struct rttm_pieces *file)
{
    void *smaller = file->piece != RT_NULL ? rt_realloc(file->piece, RTTM_SMALL_PIECE_BYTES) : RT_NULL;

    if (smaller == RT_NULL)
        return;
    file->piece = smaller;
    file->piece_bytes = RTTM_SMALL_PIECE_BYTES;
    if (file->piece_offset != 0)
        file->piece_offset = NO_PIECE;
}

static rt_bool_t read_from_file(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length)
{
    if (file->position != offset && lseek(file->fd, (off_t)offset, SEEK_SET) != (off_t)offset)
        return RT_FALSE;
    file->position = offset + length;
    return read(file->fd, bytes, length) == (int)length;
}

/* Makes the piece the one at `offset`. */
static rt_bool_t read_piece(struct rttm_pieces *file, rt_uint32_t offset)
{
    rt_uint32_t length = file->file_bytes - offset;

    if (file->piece_offset == offset)
        return RT_TRUE;
    file->piece_offset = NO_PIECE;
    if (!read_from_file(file, offset, file->piece, length < file->piece_bytes ? length : file->piece_bytes))
        return RT_FALSE;
    file->piece_offset = offset;
    return RT_TRUE;
}

rt_bool_t rttm_pieces_read(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length)
{
    rt_uint8_t *into = bytes;

#ifdef RTT_MOD_USING_MEMORY
    if (file->bytes != RT_NULL)
    {
        rt_memcpy(bytes, file->bytes + offset, length);
        return RT_TRUE;
    }
#endif
    if (length >= RTTM_SMALL_PIECE_BYTES / 2)
        return read_from_file(file, offset, bytes, length);
    while (length > 0)
    {
        rt_uint32_t within = offset & (file->piece_bytes - 1);
        rt_uint32_t part = length < file->piece_bytes - within ? length : file->piece_bytes - within;

        if (!read_piece(file, offset - within))
            return RT_FALSE;
        rt_memcpy(into, file->piece + within, part);
        into += part;
        offset += part;
        length -= part;
    }
    return RT_TRUE;
}

#endif /* RT_USING_MODULE */
