/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A simulated display of 40 x 16 pixels in RGB565. The shell's command `sim_display` shows it in characters, as it was at the
 * last update: a dot is black, and each other color is a letter of the primary that it has most of.
 */
#include <rtthread.h>
#include <rtdevice.h>

#define WIDTH  40u
#define HEIGHT 16u

static struct rt_device display;
static rt_uint16_t      pixels[HEIGHT][WIDTH];
static rt_uint16_t      shown[HEIGHT][WIDTH];

static rt_err_t update(const struct rt_device_rect_info *rect)
{
    rt_uint32_t x, y;

    if (rect->x + rect->width > WIDTH || rect->y + rect->height > HEIGHT)
        return -RT_EINVAL;
    for (y = rect->y; y < (rt_uint32_t)rect->y + rect->height; y++)
    {
        for (x = rect->x; x < (rt_uint32_t)rect->x + rect->width; x++)
            shown[y][x] = pixels[y][x];
    }
    return RT_EOK;
}

static rt_err_t control(rt_device_t device, int command, void *argument)
{
    struct rt_device_graphic_info *info = argument;

    (void)device;
    switch (command)
    {
    case RTGRAPHIC_CTRL_GET_INFO:
        info->pixel_format = RTGRAPHIC_PIXEL_FORMAT_RGB565;
        info->bits_per_pixel = 16;
        info->width = WIDTH;
        info->height = HEIGHT;
        info->framebuffer = (rt_uint8_t *)pixels;
        return RT_EOK;
    case RTGRAPHIC_CTRL_RECT_UPDATE:
        return update(argument);
    default:
        return -RT_ENOSYS;
    }
}

static int register_display(void)
{
#ifdef RT_USING_DEVICE_OPS
    static const struct rt_device_ops operations = {.control = control};

    display.ops = &operations;
#else
    display.control = control;
#endif
    display.type = RT_Device_Class_Graphic;
    return (int)rt_device_register(&display, "lcd", RT_DEVICE_FLAG_RDWR);
}
INIT_DEVICE_EXPORT(register_display);

static char letter(rt_uint16_t pixel)
{
    rt_uint32_t red = pixel >> 11, green = pixel >> 6 & 0x1Fu, blue = pixel & 0x1Fu;

    if (pixel == 0)
        return '.';
    if (red == green && green == blue)
        return 'W';
    if (red >= green && red >= blue)
        return 'R';
    return green >= blue ? 'G' : 'B';
}

static int sim_display(void)
{
    char        line[WIDTH + 1];
    rt_uint32_t x, y;

    for (y = 0; y < HEIGHT; y++)
    {
        for (x = 0; x < WIDTH; x++)
            line[x] = letter(shown[y][x]);
        line[WIDTH] = '\0';
        rt_kprintf("%s\n", line);
    }
    return 0;
}
MSH_CMD_EXPORT(sim_display, show the simulated display);
