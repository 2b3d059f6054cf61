/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Files for mkmod: an upload that replaces a file when it is complete, and requests that read, list and delete.
 *
 * mkmod sends blocks until the window is full, and asks then which ones have arrived. Nothing is on its way while the file
 * is written, so a slow card loses nothing, and the console's buffer may be small.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SERVE

#include <string.h>

#include <rtthread.h>

#include "../port/compat.h"
#include "replace_file.h"
#include "serve.h"

/* The window: as much as there is memory for. */
#define WINDOW_BYTES_MAX 8192u
#define WINDOW_BYTES_MIN RTTM_BLOCK_BYTES

/* The bytes of a file in an answer, as hexadecimal digits. */
#define PIECE_BYTES 96

static void answer_error(char *answer, const char *error)
{
    rt_snprintf(answer, RTTM_ANSWER_BYTES, "e %s", error);
}

/* ---- one file ---------------------------------------------------------------------------------------------------- */

/* RT_FALSE if the file can't be read. */
static rt_bool_t file_sum(const char *path, rt_uint32_t *bytes, rt_uint32_t *sum)
{
    rt_uint8_t piece[128];
    int        length;
    int        fd = rttm_open_to_read(path);

    *bytes = *sum = 0;
    if (fd < 0)
        return RT_FALSE;
    while ((length = read(fd, piece, sizeof piece)) > 0)
    {
        *sum = rttm_crc32(*sum, piece, (rt_size_t)length);
        *bytes += (rt_uint32_t)length;
    }
    close(fd);
    return length == 0;
}

static void answer_sum(const char *path, char *answer)
{
    rt_uint32_t bytes, sum;

    if (file_sum(path, &bytes, &sum))
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %u %08x", (unsigned)bytes, (unsigned)sum);
    else
        answer_error(answer, "no such file, or it can't be read");
}

static void answer_piece(const char *path, rt_uint32_t offset, char *answer)
{
    rt_uint8_t piece[PIECE_BYTES];
    int        i, length = -1;
    int        fd = rttm_open_to_read(path);

    if (fd >= 0 && lseek(fd, (off_t)offset, SEEK_SET) == (off_t)offset)
        length = read(fd, piece, sizeof piece);
    if (fd >= 0)
        close(fd);
    if (length < 0)
    {
        answer_error(answer, "no such file, or it can't be read");
        return;
    }
    answer += rt_sprintf(answer, "k ");
    for (i = 0; i < length; i++)
        answer += rt_sprintf(answer, "%02x", piece[i]);
}

/* The entry at `position` of a folder: its size, or `-` for a folder, and its name; `k` alone behind the last one. */
static void answer_entry(const char *folder, rt_uint32_t position, char *answer)
{
    struct dirent *entry = RT_NULL;
    struct stat    about;
    char          *path;
    DIR           *open_folder = rttm_open_directory(folder);

    if (open_folder == RT_NULL)
    {
        answer_error(answer, "no such folder");
        return;
    }
    do
        entry = readdir(open_folder);
    while (entry != RT_NULL && position-- > 0);
    path = entry == RT_NULL ? RT_NULL : rt_malloc(strlen(folder) + strlen(entry->d_name) + 2);
    if (path != RT_NULL)
    {
        rt_sprintf(path, "%s/%s", folder, entry->d_name);
        if (stat(path, &about) != 0 || S_ISDIR(about.st_mode))
            rt_snprintf(answer, RTTM_ANSWER_BYTES, "k - %s", entry->d_name);
        else
            rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %u %s", (unsigned)about.st_size, entry->d_name);
        rt_free(path);
    }
    else if (entry != RT_NULL)
        answer_error(answer, "no memory for a path");
    closedir(open_folder);
}

/* ---- an upload --------------------------------------------------------------------------------------------------- */

static void upload_free(struct rttm_upload *upload)
{
    rt_free(upload->window);
    rt_free(upload->part);
    rt_free(upload->path);
    rt_memset(upload, 0, sizeof *upload);
}

void rttm_serve_give_up(struct rttm_upload *upload)
{
    if (upload->window == RT_NULL)
        return;
    close(upload->fd);
    unlink(upload->part);
    upload_free(upload);
}

/* RT_NULL, or the error. */
static const char *upload_open(struct rttm_upload *upload, const char *path)
{
    rt_uint32_t bytes = WINDOW_BYTES_MAX;

    upload->path = rt_strdup(path);
    if (upload->path != RT_NULL)
        upload->part = rttm_part_of(path);
    if (upload->part == RT_NULL)
        return "no memory for its name";
    upload->fd = open(upload->part, O_CREAT | O_WRONLY | O_TRUNC, 0);
    if (upload->fd < 0)
        return "it can't be written: is there such a folder, and a card?";
    while ((upload->window = rt_malloc(bytes)) == RT_NULL && bytes > WINDOW_BYTES_MIN)
        bytes /= 2;
    upload->window_bytes = bytes;
    if (upload->window != RT_NULL)
        return RT_NULL;
    close(upload->fd);
    unlink(upload->part);
    return "no memory to receive it";
}

static void upload_begin(struct rttm_upload *upload, rt_uint32_t size, const char *path, char *answer)
{
    const char *wrong;

    rttm_serve_give_up(upload);
    upload->size = size;
    wrong = upload_open(upload, path);
    if (wrong != RT_NULL)
    {
        answer_error(answer, wrong);
        upload_free(upload);
        return;
    }
    rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %u %u", (unsigned)upload->window_bytes, RTTM_BLOCK_BYTES);
}

/* The bytes that the window holds at the end. */
static rt_uint32_t bytes_in_window(const struct rttm_upload *upload)
{
    rt_uint32_t left = upload->size - upload->written;

    return left < upload->window_bytes ? left : upload->window_bytes;
}

void rttm_serve_block(struct rttm_upload *upload, const struct rttm_request *block)
{
    rt_uint32_t at = block->number - upload->written;
    rt_uint32_t bytes = bytes_in_window(upload);

    if (upload->window == RT_NULL || at >= bytes || at % RTTM_BLOCK_BYTES != 0 || block->length > bytes - at)
        return;
    rt_memcpy(upload->window + at, block->body, block->length);
    upload->arrived |= 1u << at / RTTM_BLOCK_BYTES;
}

/* A bit for each block of the window that has not arrived. */
static rt_uint32_t missing_blocks(const struct rttm_upload *upload)
{
    rt_uint32_t blocks = (bytes_in_window(upload) + RTTM_BLOCK_BYTES - 1) / RTTM_BLOCK_BYTES;

    return ~upload->arrived & ((1u << blocks) - 1);
}

/* mkmod takes `end` for the end of the window. It asks again if the answer was lost and the window is a new one. */
static void upload_write(struct rttm_upload *upload, rt_uint32_t end, char *answer)
{
    rt_uint32_t bytes = bytes_in_window(upload);
    rt_uint32_t missing = missing_blocks(upload);

    if (upload->window == RT_NULL)
        answer_error(answer, "no file is being sent");
    else if (end == upload->written)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k 0");
    else if (end != upload->written + bytes)
        answer_error(answer, "this is not the end of the window");
    else if (missing != 0)
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k %x", (unsigned)missing);
    else if (write(upload->fd, upload->window, bytes) != (int)bytes)
    {
        answer_error(answer, "it can't be written: the file system may be full");
        rttm_serve_give_up(upload);
    }
    else
    {
        upload->written += bytes;
        upload->arrived = 0;
        rt_snprintf(answer, RTTM_ANSWER_BYTES, "k 0");
    }
}

/* What has been written is read again, so that a card that fails does not cost the old file. */
static const char *upload_finish(struct rttm_upload *upload, rt_uint32_t sum)
{
    rt_uint32_t bytes, written_sum;

    rt_free(upload->window); /* the check needs memory for the image */
    upload->window = RT_NULL;
    if (close(upload->fd) != 0 || !file_sum(upload->part, &bytes, &written_sum) || bytes != upload->size ||
        written_sum != sum)
    {
        unlink(upload->part);
        return "what was written is not what was sent: the card may be full or damaged";
    }
    return rttm_replace_file(upload->path, upload->part) ? RT_NULL : "it is not put in place";
}

static void upload_end(struct rttm_upload *upload, rt_uint32_t sum, char *answer)
{
    const char *wrong = upload->window == RT_NULL ? "no file is being sent" : upload_finish(upload, sum);

    if (wrong != RT_NULL)
        answer_error(answer, wrong);
    upload_free(upload);
}

/* ---- requests ---------------------------------------------------------------------------------------------------- */

/* Those whose body begins with a number; the rest of it, mostly a path, is `rest`. */
static rt_bool_t answer_numbered(struct rttm_upload *upload, const struct rttm_request *request, char *answer)
{
    rt_uint32_t number = request->length < 4 ? 0 : rttm_serve_word(request->body);
    const char *rest = request->length < 4 ? "" : (const char *)request->body + 4;

    switch (request->kind)
    {
    case 'p':
        upload_begin(upload, number, rest, answer);
        return RT_TRUE;
    case 'c':
        upload_write(upload, number, answer);
        return RT_TRUE;
    case 'f':
        upload_end(upload, number, answer);
        return RT_TRUE;
    case 'g':
        answer_piece(rest, number, answer);
        return RT_TRUE;
    case 'l':
        answer_entry(rest, number, answer);
        return RT_TRUE;
    default:
        return RT_FALSE;
    }
}

rt_bool_t rttm_serve_files(struct rttm_upload *upload, const struct rttm_request *request, char *answer)
{
    const char *path = (const char *)request->body;

    if (request->kind == 's')
        answer_sum(path, answer);
    else if (request->kind != 'u')
        return answer_numbered(upload, request, answer);
    else if (unlink(path) != 0)
        answer_error(answer, "no such file, or it can't be deleted");
    return RT_TRUE;
}

#endif /* RTT_MOD_USING_SERVE */
