/* SPDX-License-Identifier: Apache-2.0 */
/* A driver that the firmware does not have. */
#ifndef LED_H
#define LED_H

#include <stddef.h>

#include <rtthread.h>

struct led
{
    rt_uint8_t pin;
    rt_bool_t  is_lit;
};

enum led_color
{
    LED_RED,
    LED_GREEN,
};

struct led_label
{
    wchar_t        text[4];
    enum led_color color;
};

void led_toggle(struct led *led);

#endif /* LED_H */
