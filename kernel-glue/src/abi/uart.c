/* SPDX-License-Identifier: Apache-2.0 */
/* Serial ports: their line settings. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_UART

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "device_class.h"
#include "device.h"
#include "result.h"
#include "transfer.h"

static void uart_enlist(union rttm_class_sample *sample, const char *name)
{
    rt_hw_serial_register(&sample->serial, name, 0, RT_NULL);
}

static rt_bool_t uart_is_valid(const struct rttm_uart_line *line)
{
    return line->baud > 0 && line->data_bits >= 5 && line->data_bits <= 9 && line->stop_bits >= 1 &&
           line->stop_bits <= 2 && line->parity <= 2;
}

/* The driver's function, because RT_DEVICE_CTRL_CONFIG hides its result. */
static int32_t uart_configure(struct rt_serial_device *serial, const struct rttm_uart_line *line)
{
    struct serial_configure configuration = serial->config;
    int32_t                 result;

    configuration.baud_rate = line->baud;
    configuration.data_bits = line->data_bits & 0xFu;
    configuration.stop_bits = line->stop_bits == 1 ? STOP_BITS_1 : STOP_BITS_2;
    configuration.parity = line->parity & 0x3u;
    result = rttm_result(serial->ops->configure(serial, &configuration));
    if (result == RTTM_OK)
        serial->config = configuration;
    return result;
}

int32_t rttm_uart_configure(struct rttm_device *device, const struct rttm_uart_line *line)
{
    struct rttm_cancel_scope scope;
    rt_device_t              kernel = rttm_device_kernel(device);
    int32_t                  result;

    if (kernel == RT_NULL || !uart_is_valid(line))
        return RTTM_ERROR_INVALID;
    if (!rttm_device_is(kernel, uart_enlist))
        return RTTM_ERROR_UNSUPPORTED;
    result = rttm_transfer_begin(&scope);
    if (result != RTTM_OK)
        return result;
    result = uart_configure((struct rt_serial_device *)kernel, line);
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_uart_configure)

#endif /* RTT_MOD_USING_UART */
