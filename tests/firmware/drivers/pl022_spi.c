/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include "pl022_spi.h"

struct registers
{
    volatile rt_uint32_t control0;
    volatile rt_uint32_t control1;
    volatile rt_uint32_t data;
    volatile rt_uint32_t status;
    volatile rt_uint32_t prescaler;
};

#define CONTROL0_8_BITS     7u
#define CONTROL0_POLARITY   (1u << 6)
#define CONTROL0_PHASE      (1u << 7)
#define CONTROL0_DIVIDER(n) ((n) << 8) /* the clock is divided by the prescaler and by n + 1 */
#define CONTROL1_ENABLE     (1u << 1)
#define STATUS_RX_NOT_EMPTY (1u << 2)

#define PRESCALER   2u
#define DIVIDER_MAX 255u

static struct pl022_spi *controller_of(struct rt_spi_device *device)
{
    return rt_container_of(device->bus, struct pl022_spi, bus);
}

static rt_err_t configure(struct rt_spi_device *device, struct rt_spi_configuration *configuration)
{
    struct pl022_spi *controller = controller_of(device);
    struct registers *registers = (struct registers *)controller->address;
    rt_uint32_t       hertz = PRESCALER * configuration->max_hz;
    rt_uint32_t       divider = hertz == 0 ? DIVIDER_MAX : (controller->clock_hz + hertz - 1) / hertz - 1;

    if (configuration->data_width != 8 || !(configuration->mode & RT_SPI_MSB))
        return -RT_ENOSYS;
    if (divider > DIVIDER_MAX)
        return -RT_EINVAL;

    registers->control1 = 0;
    registers->prescaler = PRESCALER;
    registers->control0 = CONTROL0_8_BITS | CONTROL0_DIVIDER(divider) |
                          (configuration->mode & RT_SPI_CPOL ? CONTROL0_POLARITY : 0) |
                          (configuration->mode & RT_SPI_CPHA ? CONTROL0_PHASE : 0);
    registers->control1 = CONTROL1_ENABLE;
    return RT_EOK;
}

static rt_uint8_t exchange(struct registers *registers, rt_uint8_t byte)
{
    registers->data = byte;
    while (!(registers->status & STATUS_RX_NOT_EMPTY))
        ;
    return (rt_uint8_t)registers->data;
}

static rt_uint32_t transfer(struct rt_spi_device *device, struct rt_spi_message *message)
{
    struct registers *registers = (struct registers *)controller_of(device)->address;
    const rt_uint8_t *send = message->send_buf;
    rt_uint8_t       *receive = message->recv_buf;
    rt_size_t         i;

    for (i = 0; i < message->length; i++)
    {
        rt_uint8_t byte = exchange(registers, send != RT_NULL ? send[i] : 0);

        if (receive != RT_NULL)
            receive[i] = byte;
    }
    return message->length;
}

static const struct rt_spi_ops operations = {
    .configure = configure,
    .xfer = transfer,
};

rt_err_t pl022_spi_register(struct pl022_spi *controller, const char *name, rt_uint32_t address, rt_uint32_t clock_hz)
{
    controller->address = address;
    controller->clock_hz = clock_hz;
    return rt_spi_bus_register(&controller->bus, name, &operations);
}
