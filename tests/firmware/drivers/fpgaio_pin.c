/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include <rthw.h>
#include <rtthread.h>
#include <rtdevice.h>

#include "fpgaio_pin.h"

struct registers
{
    volatile rt_uint32_t leds;
    rt_uint32_t          reserved;
    volatile rt_uint32_t buttons;
};

#define LEDS 2
#define PINS 4

/* Who waits for a pin's edges. */
struct watch
{
    void (*handler)(void *argument);
    void     *argument;
    rt_base_t mode;
    rt_bool_t is_enabled;
    int       level; /* at the last tick */
};

static struct registers *registers;
static struct watch      watches[PINS];
static struct rt_timer   sampler;

static rt_bool_t is_pin(rt_base_t pin)
{
    return pin >= 0 && pin < PINS;
}

/* LEDs only shine and buttons only listen: there is nothing to set. */
static void set_mode(struct rt_device *device, rt_base_t pin, rt_base_t mode)
{
    (void)device;
    (void)pin;
    (void)mode;
}

static void write_level(struct rt_device *device, rt_base_t pin, rt_base_t value)
{
    rt_base_t level;

    (void)device;
    if (pin < 0 || pin >= LEDS)
        return;
    level = rt_hw_interrupt_disable();
    if (value == PIN_LOW)
        registers->leds &= ~(1u << pin);
    else
        registers->leds |= 1u << pin;
    rt_hw_interrupt_enable(level);
}

static int read_level(struct rt_device *device, rt_base_t pin)
{
    (void)device;
    if (!is_pin(pin))
        return -RT_EINVAL;
    if (pin < LEDS)
        return (registers->leds >> pin) & 1u;
    return (registers->buttons >> (pin - LEDS)) & 1u;
}

static rt_bool_t wants(const struct watch *watch, int level)
{
    return watch->mode == PIN_IRQ_MODE_RISING_FALLING || (watch->mode == PIN_IRQ_MODE_RISING) == level;
}

/* In the interrupt of the tick. */
static void sample(void *unused)
{
    int pin;

    (void)unused;
    for (pin = 0; pin < PINS; pin++)
    {
        struct watch *watch = &watches[pin];
        int           level = read_level(RT_NULL, pin);

        if (watch->is_enabled && level != watch->level && wants(watch, level))
            watch->handler(watch->argument);
        watch->level = level;
    }
}

static rt_err_t attach(struct rt_device *device, rt_int32_t pin, rt_uint32_t mode, void (*handler)(void *argument),
                       void *argument)
{
    (void)device;
    if (!is_pin(pin) || mode > PIN_IRQ_MODE_RISING_FALLING)
        return -RT_EINVAL;
    if (watches[pin].handler != RT_NULL)
        return -RT_EBUSY;
    watches[pin].handler = handler;
    watches[pin].argument = argument;
    watches[pin].mode = (rt_base_t)mode;
    return RT_EOK;
}

static rt_err_t detach(struct rt_device *device, rt_int32_t pin)
{
    (void)device;
    if (!is_pin(pin))
        return -RT_EINVAL;
    watches[pin].is_enabled = RT_FALSE;
    watches[pin].handler = RT_NULL;
    return RT_EOK;
}

static rt_bool_t is_any_enabled(void)
{
    int pin;

    for (pin = 0; pin < PINS && !watches[pin].is_enabled; pin++)
        ;
    return pin < PINS;
}

static rt_err_t enable(struct rt_device *device, rt_base_t pin, rt_uint32_t enabled)
{
    if (!is_pin(pin) || watches[pin].handler == RT_NULL)
        return -RT_EINVAL;
    watches[pin].level = read_level(device, pin);
    watches[pin].is_enabled = enabled == PIN_IRQ_ENABLE;
    return is_any_enabled() ? rt_timer_start(&sampler) : rt_timer_stop(&sampler);
}

static const struct rt_pin_ops operations = {
    .pin_mode = set_mode,
    .pin_write = write_level,
    .pin_read = read_level,
    .pin_attach_irq = attach,
    .pin_detach_irq = detach,
    .pin_irq_enable = enable,
};

void fpgaio_pin_register(rt_uint32_t address)
{
    registers = (struct registers *)address;
    rt_timer_init(&sampler, "pins", sample, RT_NULL, 1, RT_TIMER_FLAG_PERIODIC | RT_TIMER_FLAG_HARD_TIMER);
    rt_device_pin_register("pin", &operations, RT_NULL);
}
