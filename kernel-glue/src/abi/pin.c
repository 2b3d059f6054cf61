/* SPDX-License-Identifier: Apache-2.0 */
/* Pins: modes, levels and interrupts. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_PIN

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "../module/resource.h"
#include "callback.h"
#include "result.h"
#include "transfer.h"

/* The names that boards give to the pin driver. */
static const char *const driver_names[] = {"pin", "gpio"};

struct rttm_pin_interrupt
{
    struct rttm_resource       resource;
    struct rttm_bound_callback bound;
    uint32_t                   pin;
};

/* Without a pin driver the kernel would assert. */
static rt_bool_t pin_has_driver(void)
{
    static rt_bool_t is_found;
    rt_size_t        i;

    for (i = 0; !is_found && i < sizeof driver_names / sizeof driver_names[0]; i++)
        is_found = rt_device_find(driver_names[i]) != RT_NULL;
    return is_found;
}

static const rt_uint8_t modes[] = {
    [RTTM_PIN_OUTPUT] = PIN_MODE_OUTPUT,
    [RTTM_PIN_INPUT] = PIN_MODE_INPUT,
    [RTTM_PIN_INPUT_PULL_UP] = PIN_MODE_INPUT_PULLUP,
    [RTTM_PIN_INPUT_PULL_DOWN] = PIN_MODE_INPUT_PULLDOWN,
    [RTTM_PIN_OUTPUT_OPEN_DRAIN] = PIN_MODE_OUTPUT_OD,
};

int32_t rttm_pin_mode(uint32_t pin, uint32_t mode)
{
    if (!pin_has_driver())
        return RTTM_ERROR_NOT_FOUND;
    if (mode >= sizeof modes)
        return RTTM_ERROR_INVALID;
    rt_pin_mode((rt_base_t)pin, modes[mode]);
    return RTTM_OK;
}
RTM_EXPORT(rttm_pin_mode)

int32_t rttm_pin_write(uint32_t pin, uint32_t level)
{
    if (!pin_has_driver())
        return RTTM_ERROR_NOT_FOUND;
    rt_pin_write((rt_base_t)pin, level != 0 ? PIN_HIGH : PIN_LOW);
    return RTTM_OK;
}
RTM_EXPORT(rttm_pin_write)

static int32_t pin_level(uint32_t pin)
{
    int level = (int)rt_pin_read((rt_base_t)pin);

    return level < 0 ? rttm_result(level) : level != PIN_LOW;
}

int32_t rttm_pin_read(uint32_t pin)
{
    return pin_has_driver() ? pin_level(pin) : RTTM_ERROR_NOT_FOUND;
}
RTM_EXPORT(rttm_pin_read)

static void pin_interrupt_handle(void *argument)
{
    struct rttm_pin_interrupt *interrupt = argument;

    rttm_callback_call(&interrupt->bound, pin_level(interrupt->pin) == 1);
}

static void pin_interrupt_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_pin_interrupt *interrupt = (struct rttm_pin_interrupt *)resource;

    rt_pin_irq_enable((rt_base_t)interrupt->pin, PIN_IRQ_DISABLE);
    rt_pin_detach_irq((rt_int32_t)interrupt->pin);
    rttm_callback_unbind(&interrupt->bound, cause == RTTM_RELEASE_OWNER_ENDS);
    rttm_resource_free(resource);
}

static const struct rttm_class pin_interrupt_class = {
    .release = pin_interrupt_release,
    .functions_at = {RTTM_FUNCTION_AT(struct rttm_pin_interrupt, bound.callback.call)},
};

static rt_bool_t pin_interrupt_is_for(const struct rttm_resource *resource, const void *pin)
{
    return ((const struct rttm_pin_interrupt *)resource)->pin == *(const uint32_t *)pin;
}

static const rt_uint8_t edges[] = {
    [RTTM_PIN_RISING] = PIN_IRQ_MODE_RISING,
    [RTTM_PIN_FALLING] = PIN_IRQ_MODE_FALLING,
    [RTTM_PIN_BOTH] = PIN_IRQ_MODE_RISING_FALLING,
};

static int32_t pin_interrupt_attach(struct rttm_pin_interrupt *interrupt, uint32_t edge)
{
    rt_int32_t pin = (rt_int32_t)interrupt->pin; /* rt_base_t to some of the functions in some versions */
    rt_err_t   error = rt_pin_attach_irq(pin, edges[edge], pin_interrupt_handle, interrupt);

    if (error != RT_EOK)
        return rttm_result(error);
    error = rt_pin_irq_enable(pin, PIN_IRQ_ENABLE);
    if (error != RT_EOK)
        rt_pin_detach_irq(pin);
    return rttm_result(error);
}

int32_t rttm_pin_interrupt(uint32_t pin, uint32_t edge, const struct rttm_callback *callback,
                           struct rttm_pin_interrupt **interrupt)
{
    struct rttm_pin_interrupt *made;
    int32_t                    result;

    if (!pin_has_driver())
        return RTTM_ERROR_NOT_FOUND;
    if (edge >= sizeof edges)
        return RTTM_ERROR_INVALID;
    if (rttm_resource_find(&pin_interrupt_class, pin_interrupt_is_for, &pin) != RT_NULL)
        return RTTM_ERROR_BUSY;
    made = rttm_resource_new(&pin_interrupt_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->pin = pin;
    rttm_callback_bind(&made->bound, &made->resource, callback);
    result = pin_interrupt_attach(made, edge);
    if (result != RTTM_OK)
    {
        rttm_resource_free(&made->resource);
        return result;
    }
    rttm_resource_enroll(&made->resource);
    *interrupt = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_pin_interrupt)

#endif /* RTT_MOD_USING_PIN */
