/* SPDX-License-Identifier: Apache-2.0 */
/* I2C buses: transfers of messages that may continue each other. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_I2C

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "../module/resource.h"
#include "result.h"
#include "transfer.h"

#define ADDRESS_MAX 0x7Fu
#define LENGTH_MAX  0xFFFFu

/* A transfer of more messages needs memory from the heap. */
#define MESSAGES_ON_STACK 4u

struct rttm_i2c
{
    struct rttm_resource      resource;
    struct rt_i2c_bus_device *bus;
};

static void i2c_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rttm_resource_free(resource);
}

static const struct rttm_class i2c_class = {.release = i2c_release};

int32_t rttm_i2c_open(const char *name, uint32_t name_length, struct rttm_i2c **bus)
{
    rt_device_t      device = rttm_find_device(name, name_length);
    struct rttm_i2c *made;

    if (device == RT_NULL || device->type != RT_Device_Class_I2CBUS)
        return RTTM_ERROR_NOT_FOUND;
    made = rttm_resource_new(&i2c_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->bus = (struct rt_i2c_bus_device *)device->user_data;
    rttm_resource_enroll(&made->resource);
    *bus = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_i2c_open)

/* How many messages from `first` on continue each other. Stores the number of their bytes in `bytes`. */
static uint32_t i2c_continued_messages(const struct rttm_i2c_message *first, const struct rttm_i2c_message *end,
                                       uint32_t *bytes)
{
    const struct rttm_i2c_message *message = first;

    *bytes = 0;
    do
        *bytes += message->length;
    while (++message < end && (message->flags & RTTM_I2C_NO_START) && *bytes <= LENGTH_MAX);
    return (uint32_t)(message - first);
}

/*
 * Joins messages that continue each other into one. Not all bus drivers support RT_I2C_NO_START, and a read can't be
 * continued after its last byte was not acknowledged.
 */
static rt_uint8_t *i2c_join(const struct rttm_i2c_message *messages, uint32_t count, uint32_t bytes)
{
    rt_uint8_t *joined = rt_malloc(bytes > 0 ? bytes : 1);
    rt_uint8_t *to = joined;

    while (joined != RT_NULL && count-- > 0)
    {
        rt_memcpy(to, messages->bytes, messages->length);
        to += messages->length;
        messages++;
    }
    return joined;
}

static void i2c_scatter(const struct rttm_i2c_message *messages, uint32_t count, const rt_uint8_t *joined)
{
    while (count-- > 0)
    {
        if (messages->flags & RTTM_I2C_READ)
            rt_memcpy(messages->bytes, joined, messages->length);
        joined += messages->length;
        messages++;
    }
}

/* Makes the kernel's messages, and stores their number in `*made`, also if the memory was not enough for all. */
static int32_t i2c_prepare(uint32_t address, const struct rttm_i2c_message *messages, uint32_t count,
                           struct rt_i2c_msg *prepared, uint32_t *made)
{
    const struct rttm_i2c_message *end = messages + count;

    for (*made = 0; messages < end; (*made)++)
    {
        struct rt_i2c_msg *message = &prepared[*made];
        uint32_t           bytes;
        uint32_t           parts = i2c_continued_messages(messages, end, &bytes);

        if (bytes > LENGTH_MAX)
            return RTTM_ERROR_INVALID;
        message->addr = (rt_uint16_t)address;
        message->flags = messages->flags & RTTM_I2C_READ ? RT_I2C_RD : RT_I2C_WR;
        message->len = (rt_uint16_t)bytes;
        message->buf = parts == 1 ? messages->bytes : i2c_join(messages, parts, bytes);
        if (parts > 1 && message->buf == RT_NULL)
            return RTTM_ERROR_OUT_OF_MEMORY;
        messages += parts;
    }
    return RTTM_OK;
}

static void i2c_finish(const struct rttm_i2c_message *messages, const struct rttm_i2c_message *end,
                       const struct rt_i2c_msg *prepared, uint32_t made)
{
    for (; made > 0; made--, prepared++)
    {
        uint32_t bytes;
        uint32_t parts = i2c_continued_messages(messages, end, &bytes);

        if (parts > 1)
        {
            i2c_scatter(messages, parts, prepared->buf);
            rt_free(prepared->buf);
        }
        messages += parts;
    }
}

static int32_t i2c_transfer(struct rt_i2c_bus_device *bus, struct rt_i2c_msg *messages, uint32_t count)
{
    rt_base_t done = (rt_base_t)rt_i2c_transfer(bus, messages, count);

    if (done < 0)
        return rttm_result((rt_err_t)done);
    return (uint32_t)done == count ? RTTM_OK : RTTM_ERROR_IO;
}

static int32_t i2c_transfer_prepared(struct rttm_i2c *bus, uint32_t address, const struct rttm_i2c_message *messages,
                                     uint32_t count, struct rt_i2c_msg *prepared)
{
    uint32_t made;
    int32_t  result = i2c_prepare(address, messages, count, prepared, &made);

    if (result == RTTM_OK)
        result = i2c_transfer(bus->bus, prepared, made);
    i2c_finish(messages, messages + count, prepared, made);
    return result;
}

int32_t rttm_i2c_transfer(struct rttm_i2c *bus, uint32_t address, const struct rttm_i2c_message *messages,
                          uint32_t count)
{
    struct rt_i2c_msg        few[MESSAGES_ON_STACK];
    struct rt_i2c_msg       *prepared = few;
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (address > ADDRESS_MAX)
        return RTTM_ERROR_INVALID;
    if (count == 0)
        return RTTM_OK;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    if (count > MESSAGES_ON_STACK)
        prepared = rt_malloc(count * sizeof *prepared);
    result = RTTM_ERROR_OUT_OF_MEMORY;
    if (prepared != RT_NULL)
        result = i2c_transfer_prepared(bus, address, messages, count, prepared);
    if (prepared != few)
        rt_free(prepared);
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_i2c_transfer)

#endif /* RTT_MOD_USING_I2C */
