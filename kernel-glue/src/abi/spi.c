/* SPDX-License-Identifier: Apache-2.0 */
/* SPI devices: their configuration, and transfers with the chip selected throughout. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_SPI

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../module/resource.h"
#include "../port/clock.h"
#include "result.h"
#include "transfer.h"

#define BITS_OF_A_WORD 8

struct rttm_spi
{
    struct rttm_resource  resource;
    struct rt_spi_device *device;
};

static void spi_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rttm_resource_free(resource);
}

static const struct rttm_class spi_class = {.release = spi_release};

int32_t rttm_spi_open(const char *name, uint32_t name_length, struct rttm_spi **device)
{
    rt_device_t      found = rttm_find_device(name, name_length);
    struct rttm_spi *made;

    if (found == RT_NULL || found->type != RT_Device_Class_SPIDevice)
        return RTTM_ERROR_NOT_FOUND;
    made = rttm_resource_new(&spi_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->device = (struct rt_spi_device *)found;
    rttm_resource_enroll(&made->resource);
    *device = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_spi_open)

/*
 * Configures the device as the owner of its bus. Otherwise the kernel would only store the configuration, and some 5.x
 * would keep the lock. The next transfer configures the bus again if the kernel has skipped it here.
 */
static int32_t spi_configure(struct rt_spi_device *device, struct rt_spi_configuration *configuration)
{
    int32_t result = rttm_result(rt_mutex_take(&device->bus->lock, RT_WAITING_FOREVER));

    if (result != RTTM_OK)
        return result;
    device->bus->owner = device;
    result = rttm_result(rt_spi_configure(device, configuration));
    device->bus->owner = RT_NULL;
    rt_mutex_release(&device->bus->lock);
    return result;
}

int32_t rttm_spi_configure(struct rttm_spi *device, uint32_t mode, uint32_t hertz)
{
    struct rt_spi_configuration configuration = {
        .mode = RT_SPI_MASTER,
        .data_width = BITS_OF_A_WORD,
        .max_hz = hertz,
    };
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (hertz == 0)
        return RTTM_ERROR_INVALID;
    configuration.mode |= mode & RTTM_SPI_CPHA ? RT_SPI_CPHA : 0;
    configuration.mode |= mode & RTTM_SPI_CPOL ? RT_SPI_CPOL : 0;
    configuration.mode |= mode & RTTM_SPI_LSB_FIRST ? RT_SPI_LSB : RT_SPI_MSB;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = spi_configure(device->device, &configuration);
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_spi_configure)

/* Sleeps for at least `nanoseconds`. The chip stays selected and the bus locked, and other threads run. */
static void spi_pause(uint32_t nanoseconds)
{
    if (nanoseconds > 0)
        rt_thread_delay((rt_tick_t)rttm_ticks((nanoseconds + 999999u) / 1000000u) + 1);
}

static int32_t spi_pass(struct rt_spi_device *device, const struct rttm_spi_message *message)
{
    struct rt_spi_message kernel = {
        .send_buf = message->send,
        .recv_buf = message->receive,
        .length = message->length,
    };

    /* Some versions of the kernel report an empty message as a failure. */
    if (message->length > 0 && rt_spi_transfer_message(device, &kernel) != RT_NULL)
        return RTTM_ERROR_IO;
    spi_pause(message->pause_nanoseconds);
    return RTTM_OK;
}

/*
 * With the bus locked. The results of rt_spi_take and rt_spi_release are those of an empty message, so they are
 * ignored.
 */
static int32_t spi_transfer(struct rt_spi_device *device, const struct rttm_spi_message *messages, uint32_t count)
{
    const struct rttm_spi_message *end = messages + count;
    int32_t                        result = RTTM_OK;

    rt_spi_take(device);
    for (; messages < end && result == RTTM_OK; messages++)
        result = spi_pass(device, messages);
    rt_spi_release(device);
    return result;
}

int32_t rttm_spi_transfer(struct rttm_spi *device, const struct rttm_spi_message *messages, uint32_t count)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (count == 0)
        return RTTM_OK;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = rttm_result(rt_spi_take_bus(device->device));
    if (result == RTTM_OK)
    {
        result = spi_transfer(device->device, messages, count);
        rt_spi_release_bus(device->device);
    }
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_spi_transfer)

#endif /* RTT_MOD_USING_SPI */
