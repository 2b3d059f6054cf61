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

static const char *begin_file(struct rttm_pieces *file, int fd)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return "cannot be read";
    if (status.st_size <= 0)
        return "the file is empty";
    file->piece = rt_malloc(RTTM_PIECE_BYTES);
    if (file->piece == RT_NULL)
        return "no memory to read it";
    file->piece_bytes = RTTM_PIECE_BYTES;
    file->fd = fd;
    file->file_bytes = (rt_uint32_t)status.st_size;
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
    void *smaller;

    if (file->piece == RT_NULL)
        return;
    if (file->piece_filled == RTTM_PIECE_BYTES)
    {
        /* What was read last is what is read next. */
        rt_memcpy(file->piece, file->piece + RTTM_SMALL_PIECE_BYTES, RTTM_SMALL_PIECE_BYTES);
        file->piece_offset += RTTM_SMALL_PIECE_BYTES;
        file->piece_filled = RTTM_SMALL_PIECE_BYTES;
    }
    else if (file->piece_filled > RTTM_SMALL_PIECE_BYTES)
        file->piece_filled = RTTM_SMALL_PIECE_BYTES;
    smaller = rt_realloc(file->piece, RTTM_SMALL_PIECE_BYTES);
    if (smaller != RT_NULL)
        file->piece = smaller;
    file->piece_bytes = RTTM_SMALL_PIECE_BYTES;
}

static rt_bool_t read_from_file(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length)
{
    if (file->position != offset && lseek(file->fd, (off_t)offset, SEEK_SET) != (off_t)offset)
        return RT_FALSE;
    file->position = offset + length;
    return read(file->fd, bytes, length) == (int)length;
}

/* Reads the piece that begins at `offset`, or so little before it that no seek is needed. */
static rt_bool_t read_piece(struct rttm_pieces *file, rt_uint32_t offset)
{
    rt_uint32_t start = offset - file->position < file->piece_bytes / 2 ? file->position : offset;
    rt_uint32_t left = file->file_bytes - start;

    file->piece_filled = 0;
    file->piece_offset = start;
    left = left < file->piece_bytes ? left : file->piece_bytes;
    if (!read_from_file(file, start, file->piece, left))
        return RT_FALSE;
    file->piece_filled = left;
    return RT_TRUE;
}

/* Copies what the piece has of the bytes at `offset`. The answer is how many bytes that is. */
static rt_uint32_t copy_from_piece(const struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length)
{
    rt_uint32_t within = offset - file->piece_offset;

    if (within >= file->piece_filled)
        return 0;
    length = length < file->piece_filled - within ? length : file->piece_filled - within;
    rt_memcpy(bytes, file->piece + within, length);
    return length;
}

/* A large part is read into its place. The piece is not kept then: the file has been read past it. */
static rt_bool_t read_in_place(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length)
{
    rt_uint32_t part = copy_from_piece(file, offset, bytes, length);

    file->piece_filled = 0;
    return part == length || read_from_file(file, offset + part, (rt_uint8_t *)bytes + part, length - part);
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
        return read_in_place(file, offset, bytes, length);
    while (length > 0)
    {
        rt_uint32_t part = copy_from_piece(file, offset, into, length);

        if (part == 0 && !read_piece(file, offset))
            return RT_FALSE;
        into += part;
        offset += part;
        length -= part;
    }
    return RT_TRUE;
}

#endif /* RT_USING_MODULE */
