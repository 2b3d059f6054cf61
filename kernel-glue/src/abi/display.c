/* SPDX-License-Identifier: Apache-2.0 */
/* Displays: the memory of their pixels, and what of it has changed. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_DISPLAY

#include <rtthread.h>
#include <rtdevice.h> /* where 5.1 declares displays */
#include <rtm.h>

#include "../port/compat.h"
#include "device.h"

static int32_t display_control(struct rttm_device *device, int command, void *argument)
{
    rt_device_t kernel = rttm_device_kernel(device);

    if (kernel == RT_NULL)
        return RTTM_ERROR_INVALID;
    if (kernel->type != RT_Device_Class_Graphic)
        return RTTM_ERROR_UNSUPPORTED;
    return rttm_device_control(device, command, argument);
}

static uint32_t display_format(rt_uint8_t format)
{
    switch (format)
    {
    case RTGRAPHIC_PIXEL_FORMAT_RGB565:
        return RTTM_PIXEL_RGB565;
    case RTGRAPHIC_PIXEL_FORMAT_RGB888:
        return RTTM_PIXEL_RGB888;
    case RTGRAPHIC_PIXEL_FORMAT_ARGB888:
        return RTTM_PIXEL_ARGB8888;
    default:
        return RTTM_PIXEL_OTHER;
    }
}

int32_t rttm_display_info(struct rttm_device *device, struct rttm_screen *info)
{
    struct rt_device_graphic_info found;
    int32_t                       result;

    rt_memset(&found, 0, sizeof found);
    result = display_control(device, RTGRAPHIC_CTRL_GET_INFO, &found);
    if (result < 0)
        return result;
    info->width = found.width;
    info->height = found.height;
    info->line_bytes = ((uint32_t)found.width * found.bits_per_pixel + 7u) / 8u;
#if RTTHREAD_VERSION >= 50000
    if (found.pitch != 0)
        info->line_bytes = found.pitch;
#endif
    info->format = display_format(found.pixel_format);
    info->pixels = found.framebuffer;
    return RTTM_OK;
}
RTM_EXPORT(rttm_display_info)

int32_t rttm_display_update(struct rttm_device *device, const struct rttm_rectangle *rectangle)
{
    struct rt_device_rect_info rect = {rectangle->x, rectangle->y, rectangle->width, rectangle->height};

    return display_control(device, RTGRAPHIC_CTRL_RECT_UPDATE, &rect);
}
RTM_EXPORT(rttm_display_update)

#endif /* RTT_MOD_USING_DISPLAY */
