/* SPDX-License-Identifier: Apache-2.0 */
/* A driver that the firmware does not have. */
#ifndef LED_H
#define LED_H

#include <rtthread.h>

struct led
{
    rt_uint8_t pin;
    rt_bool_t  is_lit;
};

void led_toggle(struct led *led);

#endif /* LED_H */
