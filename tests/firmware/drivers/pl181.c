/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "pl181.h"

struct registers
{
    volatile rt_uint32_t power;
    volatile rt_uint32_t clock;
    volatile rt_uint32_t argument;
    volatile rt_uint32_t command;
    volatile rt_uint32_t response_command;
    volatile rt_uint32_t response[4];
    volatile rt_uint32_t data_timer; /* in cycles of the card's clock */
    volatile rt_uint32_t data_length;
    volatile rt_uint32_t data_control;
    volatile rt_uint32_t data_count;
    volatile rt_uint32_t status;
    volatile rt_uint32_t clear; /* writing a bit clears it in the status */
    volatile rt_uint32_t mask[2];
    volatile rt_uint32_t reserved[1];
    volatile rt_uint32_t fifo_count;
    volatile rt_uint32_t reserved2[13];
    volatile rt_uint32_t fifo[16];
};

#define POWER_OFF 0x0u
#define POWER_UP  0x2u
#define POWER_ON  0x3u

#define CLOCK_ENABLE      (1u << 8)
#define CLOCK_DIVIDER_MAX 255u

#define COMMAND_RESPONSE (1u << 6)
#define COMMAND_LONG     (1u << 7)
#define COMMAND_ENABLE   (1u << 10)

#define DATA_ENABLE               (1u << 0)
#define DATA_FROM_CARD            (1u << 1)
#define DATA_BLOCK(log2_of_bytes) ((log2_of_bytes) << 4)

#define STATUS_COMMAND_CRC     (1u << 0)
#define STATUS_DATA_CRC        (1u << 1)
#define STATUS_COMMAND_TIMEOUT (1u << 2)
#define STATUS_DATA_TIMEOUT    (1u << 3)
#define STATUS_TX_UNDERRUN     (1u << 4)
#define STATUS_RX_OVERRUN      (1u << 5)
#define STATUS_RESPONSE        (1u << 6)
#define STATUS_SENT            (1u << 7)
#define STATUS_DATA_END        (1u << 8)
#define STATUS_TX_FULL         (1u << 16)
#define STATUS_RX_DATA         (1u << 21)
#define STATUS_ALL             0x7FFu

#define STATUS_COMMAND_OVER (STATUS_COMMAND_CRC | STATUS_COMMAND_TIMEOUT | STATUS_RESPONSE | STATUS_SENT)
#define STATUS_DATA_ERRORS  (STATUS_DATA_CRC | STATUS_DATA_TIMEOUT | STATUS_TX_UNDERRUN | STATUS_RX_OVERRUN)

/* The card's clock cycles that a block may take. */
#define DATA_TIMEOUT_CYCLES 0x00FFFFFFu

static struct registers *registers_of(struct rt_mmcsd_host *host)
{
    return (struct registers *)((struct pl181 *)host->private_data)->address;
}

static rt_bool_t has_crc(const struct rt_mmcsd_cmd *command)
{
    return resp_type(command) != RESP_R3 && resp_type(command) != RESP_R4;
}

static rt_int32_t command_error(const struct rt_mmcsd_cmd *command, rt_uint32_t status)
{
    if (status & STATUS_COMMAND_TIMEOUT)
        return -RT_ETIMEOUT;
    return (status & STATUS_COMMAND_CRC) && has_crc(command) ? -RT_ERROR : RT_EOK;
}

static void send_command(struct registers *registers, struct rt_mmcsd_cmd *command)
{
    rt_uint32_t bits = command->cmd_code | COMMAND_ENABLE;
    rt_uint32_t status, i;

    if (resp_type(command) != RESP_NONE)
        bits |= COMMAND_RESPONSE;
    if (resp_type(command) == RESP_R2)
        bits |= COMMAND_LONG;
    registers->clear = STATUS_ALL;
    registers->argument = command->arg;
    registers->command = bits;
    do
    {
        status = registers->status;
    } while (!(status & STATUS_COMMAND_OVER));

    command->err = command_error(command, status);
    for (i = 0; i < 4; i++)
        command->resp[i] = registers->response[i];
    registers->command = 0;
}

static rt_uint32_t log2_of(rt_uint32_t bytes)
{
    return 31u - (rt_uint32_t)__builtin_clz(bytes);
}

static void start_data(struct registers *registers, const struct rt_mmcsd_data *data)
{
    rt_uint32_t direction = data->flags & DATA_DIR_READ ? DATA_FROM_CARD : 0;

    registers->data_timer = DATA_TIMEOUT_CYCLES;
    registers->data_length = data->blksize * data->blks;
    registers->data_control = DATA_BLOCK(log2_of(data->blksize)) | direction | DATA_ENABLE;
}

/* The buffer may be anywhere: the FIFO has words, and the least significant byte is the first on the wire. */
static rt_uint32_t read_fifo(struct registers *registers, rt_uint8_t *to, rt_uint32_t bytes)
{
    rt_uint32_t word, done = 0;

    while (done < bytes && (registers->status & STATUS_RX_DATA))
    {
        word = registers->fifo[0];
        rt_memcpy(to + done, &word, sizeof word);
        done += sizeof word;
    }
    return done;
}

static rt_uint32_t write_fifo(struct registers *registers, const rt_uint8_t *from, rt_uint32_t bytes)
{
    rt_uint32_t word, done = 0;

    while (done < bytes && !(registers->status & (STATUS_TX_FULL | STATUS_DATA_ERRORS)))
    {
        rt_memcpy(&word, from + done, sizeof word);
        registers->fifo[0] = word;
        done += sizeof word;
    }
    return done;
}

static void move_data(struct registers *registers, struct rt_mmcsd_data *data)
{
    rt_uint8_t *buffer = (rt_uint8_t *)data->buf;
    rt_uint32_t bytes = data->blksize * data->blks;
    rt_uint32_t done = 0;

    while (done < bytes && !(registers->status & STATUS_DATA_ERRORS))
    {
        if (data->flags & DATA_DIR_READ)
            done += read_fifo(registers, buffer + done, bytes - done);
        else
            done += write_fifo(registers, buffer + done, bytes - done);
    }
    while (!(registers->status & (STATUS_DATA_END | STATUS_DATA_ERRORS)))
        ;
    data->bytes_xfered = done;
    data->err = registers->status & STATUS_DATA_ERRORS ? -RT_ERROR : RT_EOK;
}

static void request(struct rt_mmcsd_host *host, struct rt_mmcsd_req *request)
{
    struct registers     *registers = registers_of(host);
    struct rt_mmcsd_data *data = request->data;

    /* The card begins to send as soon as it has answered, but waits for what it is to receive. */
    if (data != RT_NULL && (data->flags & DATA_DIR_READ))
        start_data(registers, data);
    send_command(registers, request->cmd);
    if (data != RT_NULL && request->cmd->err == RT_EOK)
    {
        if (data->flags & DATA_DIR_WRITE)
            start_data(registers, data);
        move_data(registers, data);
        if (request->stop != RT_NULL)
            send_command(registers, request->stop);
    }
    registers->data_control = 0;
    mmcsd_req_complete(host);
}

static rt_uint32_t clock_bits(rt_uint32_t from_hz, rt_uint32_t to_hz)
{
    rt_uint32_t divider;

    if (to_hz == 0)
        return 0;
    divider = (from_hz + 2 * to_hz - 1) / (2 * to_hz); /* the clock is divided by twice the divider and one */
    divider = divider > 0 ? divider - 1 : 0;
    return CLOCK_ENABLE | (divider < CLOCK_DIVIDER_MAX ? divider : CLOCK_DIVIDER_MAX);
}

static void configure(struct rt_mmcsd_host *host, struct rt_mmcsd_io_cfg *config)
{
    struct registers   *registers = registers_of(host);
    const struct pl181 *controller = host->private_data;

    registers->clock = clock_bits(controller->clock_hz, config->clock);
    switch (config->power_mode)
    {
    case MMCSD_POWER_OFF:
        registers->power = POWER_OFF;
        break;
    case MMCSD_POWER_UP:
        registers->power = POWER_UP;
        break;
    default:
        registers->power = POWER_ON;
        break;
    }
}

static const struct rt_mmcsd_host_ops operations = {
    .request = request,
    .set_iocfg = configure,
};

struct rt_mmcsd_host *pl181_start(struct pl181 *controller, rt_uint32_t address, rt_uint32_t clock_hz)
{
    struct rt_mmcsd_host *host = mmcsd_alloc_host();

    if (host == RT_NULL)
        return RT_NULL;
    controller->host = host;
    controller->address = address;
    controller->clock_hz = clock_hz;
    host->ops = &operations;
    host->private_data = controller;
    host->freq_min = 400000;
    host->freq_max = clock_hz / 2;
    host->valid_ocr = VDD_32_33 | VDD_33_34;
    host->flags = MMCSD_MUTBLKWRITE;
    host->max_seg_size = 65535;
    host->max_dma_segs = 1;
    host->max_blk_size = 512;
    host->max_blk_count = 127; /* data_length has 16 bits */
    return host;
}
