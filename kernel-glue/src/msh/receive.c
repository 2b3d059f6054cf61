/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `mod receive`: replaces a file while the kernel runs. A module that runs from the old file goes on, because it has a
 * copy in memory. The next run uses the new file.
 *
 * RT-Thread's command `ry` overwrites the old file while it receives. If the transfer is cut or the file is for another
 * kernel, a program is left that does not run. This command uses RT-Thread's YMODEM, which checks each block, and
 * replaces the old file at the end.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_RECEIVE

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rtthread.h>
#include <ymodem.h>

#include "../port/compat.h"
#include "replace_file.h"
#include "subcommands.h"

/* How often the sender is asked to begin, by default every 3 seconds (RYM_CHD_INTV_TICK). */
#define PATIENCE 10

/* A pause before the first line of text, so that the sender has seen the end of the protocol. */
#define PAUSE_TICKS (RT_TICK_PER_SECOND / 10)

struct transfer
{
    struct rym_ctx protocol; /* first: RT-Thread hands out its address */
    const char    *wanted;   /* the path, or RT_NULL for the name that the sender gives */
    char          *path;     /* of the complete file, for rt_free */
    char          *part;     /* of the incomplete file, for rt_free */
    int            fd;
    rt_uint32_t    left;  /* bytes to come */
    rt_uint32_t    bytes; /* of the file */
    const char    *wrong; /* RT_NULL, or why the transfer was given up */
};

static enum rym_code receive_give_up(struct transfer *transfer, const char *wrong)
{
    transfer->wrong = wrong;
    return RYM_CODE_CAN;
}

/* The first block has the name, a NUL, and the size in decimal digits. */
static enum rym_code receive_begin(struct rym_ctx *protocol, rt_uint8_t *block, rt_size_t length)
{
    struct transfer *transfer = (struct transfer *)protocol;
    const char      *name = (const char *)block;
    const char      *size = memchr(name, '\0', length);

    if (transfer->path != RT_NULL)
        return receive_give_up(transfer, "more than one file");
    if (size == RT_NULL || memchr(size + 1, '\0', length - (rt_size_t)(size + 1 - name)) == RT_NULL || size[1] == '\0')
        return receive_give_up(transfer, "the sender does not tell its size");
    transfer->bytes = transfer->left = (rt_uint32_t)strtoul(size + 1, RT_NULL, 10);
    transfer->path = rt_strdup(transfer->wanted != RT_NULL ? transfer->wanted : name);
    if (transfer->path == RT_NULL)
        return receive_give_up(transfer, "no memory for its name");
    transfer->part = rttm_part_of(transfer->path);
    if (transfer->part == RT_NULL)
        return receive_give_up(transfer, "no memory for its name");
    transfer->fd = open(transfer->part, O_CREAT | O_WRONLY | O_TRUNC, 0);
    return transfer->fd >= 0 ? RYM_CODE_ACK : receive_give_up(transfer, "it can't be written");
}

static enum rym_code receive_block(struct rym_ctx *protocol, rt_uint8_t *block, rt_size_t length)
{
    struct transfer *transfer = (struct transfer *)protocol;
    rt_size_t        bytes = length < transfer->left ? length : transfer->left; /* the last block is filled up */

    if (write(transfer->fd, block, bytes) != (int)bytes)
        return receive_give_up(transfer, "it can't be written: the file system may be full");
    transfer->left -= (rt_uint32_t)bytes;
    return RYM_CODE_ACK;
}

static enum rym_code receive_end(struct rym_ctx *protocol, rt_uint8_t *block, rt_size_t length)
{
    struct transfer *transfer = (struct transfer *)protocol;

    (void)block;
    (void)length;
    if (close(transfer->fd) != 0)
        transfer->wrong = "it can't be written to its end";
    transfer->fd = -1;
    return RYM_CODE_ACK;
}

static const char *receive_failure(const struct transfer *transfer, rt_err_t error)
{
    if (transfer->wrong != RT_NULL)
        return transfer->wrong;
    if (error == -RYM_ERR_TMO)
        return "nobody sends";
    if (error == -RYM_ERR_CRC)
        return "a block was damaged on its way";
    return error != RT_EOK || transfer->left != 0 ? "the transfer was cut" : RT_NULL;
}

static rt_err_t receive_finish(struct transfer *transfer, rt_err_t error)
{
    const char *cause = receive_failure(transfer, error);

    if (transfer->fd >= 0)
        close(transfer->fd);
    rt_thread_delay(PAUSE_TICKS);
    if (cause != RT_NULL)
    {
        rt_kprintf("mod: not received: %s\n", cause);
        if (transfer->part != RT_NULL)
            unlink(transfer->part);
    }
    else if (!rttm_replace_file(transfer->path, transfer->part))
        cause = "said already";
    else
        rt_kprintf("received %s, %u bytes\n", transfer->path, (unsigned)transfer->bytes);
    rt_free(transfer->part);
    rt_free(transfer->path);
    return cause == RT_NULL ? RT_EOK : -RT_ERROR;
}

rt_err_t rttm_receive(const char *path)
{
    struct transfer transfer = {.wanted = path, .fd = -1};
    rt_err_t        error =
        rym_recv_on_device(&transfer.protocol, rt_console_get_device(), RT_DEVICE_OFLAG_RDWR | RT_DEVICE_FLAG_INT_RX,
                           receive_begin, receive_block, receive_end, PATIENCE);

    return receive_finish(&transfer, error);
}

#endif /* RTT_MOD_USING_RECEIVE */
