/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices that modules implement. The kernel's device is in a block of its own, which outlives the module while the
 * device is open. It then returns -RT_EIO for every call, and is freed after the last user has closed it.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_DRIVER

#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../module/upcall.h"
#include "../module/resource.h"
#include "../port/compat.h"
#include "../port/kernel_object.h"
#include "device.h"
#include "open_flags.h"
#include "result.h"
#include "transfer.h"

/* The device as the kernel and other modules see it. */
struct driver
{
    struct rttm_orphan        kernel;       /* the device, which is an orphan when the registration is gone */
    struct rttm_registration *registration; /* RT_NULL: it is gone. Changed with interrupts off */
    struct rttm_driver        functions;
    void                     *context;
};

struct rttm_registration
{
    struct rttm_resource resource;
    struct driver       *driver;
    void (*release)(void *context); /* one of the driver's functions, for the class */
};

/* One call of a function of the module. */
struct call
{
    struct driver *driver;
    uint32_t       position; /* or flags, or a command */
    void          *bytes;    /* or an argument */
    uint32_t       length;
    int32_t        result;
};

/* The registration of `driver`, pinned, or RT_NULL if it is closed. */
static struct rttm_resource *driver_pin(const struct driver *driver)
{
    rt_base_t             level = rt_hw_interrupt_disable();
    struct rttm_resource *registration = &driver->registration->resource;

    if (registration != RT_NULL && !rttm_pin(registration))
        registration = RT_NULL;
    rt_hw_interrupt_enable(level);
    return registration;
}

/* RTTM_ERROR_IO if the module has ended, or ends during the call. */
static int32_t driver_upcall(struct call *call, void (*work)(void *call))
{
    struct rttm_resource *registration = driver_pin(call->driver);

    if (registration == RT_NULL)
        return RTTM_ERROR_IO;
    if (!rttm_upcall(registration->owner, registration, RTTM_MAY_WAIT, work, call))
        call->result = RTTM_ERROR_IO;
    rttm_unpin(registration);
    return call->result;
}

static rt_err_t driver_error(int32_t result)
{
    return result < 0 ? rttm_kernel_error(result) : (rt_err_t)result;
}

static void upcall_init(void *argument)
{
    struct call *call = argument;

    call->result = call->driver->functions.init(call->driver->context);
}

static rt_err_t driver_init(rt_device_t device)
{
    struct call call = {.driver = (struct driver *)device};

    if (call.driver->functions.init == RT_NULL)
        return RT_EOK;
    return driver_error(driver_upcall(&call, upcall_init));
}

static void upcall_open(void *argument)
{
    struct call *call = argument;

    call->result = call->driver->functions.open(call->driver->context, call->position);
}

static rt_err_t driver_open(rt_device_t device, rt_uint16_t flags)
{
    struct call call = {.driver = (struct driver *)device, .position = rttm_flags_of(flags)};
    int32_t     result = call.driver->functions.open == RT_NULL ? RTTM_OK : driver_upcall(&call, upcall_open);

    if (result >= 0)
        device->open_flag = (rt_uint16_t)(flags & RT_DEVICE_OFLAG_MASK);
    return result >= 0 ? RT_EOK : driver_error(result);
}

static void upcall_close(void *argument)
{
    struct call *call = argument;

    call->driver->functions.close(call->driver->context);
}

/* Never fails, even if the module has ended: the file system would leak a file that can't be closed. */
static rt_err_t driver_close(rt_device_t device)
{
    struct call call = {.driver = (struct driver *)device};

    if (call.driver->functions.close != RT_NULL)
        driver_upcall(&call, upcall_close);
    if (call.driver->registration == RT_NULL)
        rttm_orphans_reclaim();
    return RT_EOK;
}

/* Converts a driver's result to the return value of rt_device_read and rt_device_write. */
static rttm_transferred_t driver_transferred(int32_t result)
{
    if (result < 0)
        rt_set_errno(rttm_kernel_error(result));
    return (rttm_transferred_t)driver_error(result);
}

static void upcall_read(void *argument)
{
    struct call *call = argument;

    call->result = call->driver->functions.read(call->driver->context, call->position, call->bytes, call->length);
}

static rttm_transferred_t driver_read(rt_device_t device, rt_off_t position, void *bytes, rt_size_t length)
{
    struct call call = {(struct driver *)device, (uint32_t)position, bytes, (uint32_t)length, 0};

    if (call.driver->functions.read == RT_NULL)
        return driver_transferred(RTTM_ERROR_UNSUPPORTED);
    return driver_transferred(driver_upcall(&call, upcall_read));
}

static void upcall_write(void *argument)
{
    struct call *call = argument;

    call->result = call->driver->functions.write(call->driver->context, call->position, call->bytes, call->length);
}

static rttm_transferred_t driver_write(rt_device_t device, rt_off_t position, const void *bytes, rt_size_t length)
{
    struct call call = {(struct driver *)device, (uint32_t)position, (void *)(rt_ubase_t)bytes, (uint32_t)length, 0};

    if (call.driver->functions.write == RT_NULL)
        return driver_transferred(RTTM_ERROR_UNSUPPORTED);
    return driver_transferred(driver_upcall(&call, upcall_write));
}

static void upcall_control(void *argument)
{
    struct call *call = argument;

    call->result = call->driver->functions.control(call->driver->context, (int32_t)call->position, call->bytes);
}

static rt_err_t driver_control(rt_device_t device, int command, void *argument)
{
    struct call call = {.driver = (struct driver *)device, .position = (uint32_t)command, .bytes = argument};

    if (call.driver->functions.control == RT_NULL)
        return -RT_ENOSYS;
    return driver_error(driver_upcall(&call, upcall_control));
}

#ifdef RT_USING_DEVICE_OPS
static const struct rt_device_ops operations = {
    driver_init, driver_open, driver_close, driver_read, driver_write, driver_control,
};
#endif

static void driver_set_operations(rt_device_t device)
{
#ifdef RT_USING_DEVICE_OPS
    device->ops = &operations;
#else
    device->init = driver_init;
    device->open = driver_open;
    device->close = driver_close;
    device->read = driver_read;
    device->write = driver_write;
    device->control = driver_control;
#endif
}

rt_bool_t rttm_driver_implements(rt_device_t device)
{
#ifdef RT_USING_DEVICE_OPS
    return device->ops == &operations;
#else
    return device->control == driver_control;
#endif
}

rt_device_t rttm_driver_find(struct rttm_resource **driver, const char *name, uint32_t name_length)
{
    rt_device_t found;

    *driver = RT_NULL;
    rt_enter_critical();
    found = rttm_find_device(name, name_length);
    if (found != RT_NULL && rttm_driver_implements(found))
    {
        *driver = driver_pin((struct driver *)found);
        found = *driver != RT_NULL ? found : RT_NULL;
    }
    rt_exit_critical();
    return found;
}

/* After this nobody finds the device any more, and no call of a user begins. */
static void driver_retire(struct driver *driver)
{
    rt_base_t level = rt_hw_interrupt_disable();

    driver->registration = RT_NULL;
    /* Not rt_device_unregister: it clears the type of the object, and a later close of the device would assert. */
    rt_list_remove(&driver->kernel.device.parent.list);
    rt_hw_interrupt_enable(level);
}

static void driver_free(struct driver *driver)
{
    struct rttm_cancel_scope scope;

    rttm_cancel_disable(&scope);
    rt_free(driver);
    rttm_cancel_enable(&scope);
}

static void driver_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct driver *driver = ((struct rttm_registration *)resource)->driver;
    void (*release_context)(void *context) = ((struct rttm_registration *)resource)->release;
    void *context = driver->context;

    driver_retire(driver);
    rttm_orphan_add(&driver->kernel);
    if (cause != RTTM_RELEASE_OWNER_ENDS)
        rttm_resource_drop(resource, release_context, context);
    rttm_resource_free(resource);
}

static const struct rttm_class driver_class = {
    .release = driver_release,
    .functions_at = {RTTM_FUNCTION_AT(struct rttm_registration, release)},
};

static const enum rt_device_class_type classes[] = {
    [RTTM_CLASS_CHARACTER] = RT_Device_Class_Char,
    [RTTM_CLASS_BLOCK] = RT_Device_Class_Block,
    [RTTM_CLASS_MISCELLANEOUS] = RT_Device_Class_Miscellaneous,
};

/* Whether another device has the name. One that is closed, and still in use, gives it up. */
static rt_bool_t driver_is_name_taken(const char *text)
{
    rt_device_t    found = rt_device_find(text);
    struct driver *driver = (struct driver *)found;

    if (found == RT_NULL)
        return RT_FALSE;
    if (!rttm_driver_implements(found) || driver->registration->resource.handles != 0)
        return RT_TRUE;
    rt_list_remove(&found->parent.list);
    return RT_FALSE;
}

/* Lists of devices show the name as it is. */
static rt_bool_t driver_has_good_name(const char *name, uint32_t length)
{
    uint32_t i;

    if (length == 0 || length >= RT_NAME_MAX)
        return RT_FALSE;
    for (i = 0; i < length && (uint8_t)name[i] >= ' '; i++)
        ;
    return i == length;
}

static int32_t driver_add(struct driver *driver, const char *name, uint32_t name_length)
{
    char    text[RT_NAME_MAX + 1] = {0};
    int32_t result;

    rt_memcpy(text, name, name_length);
    rt_enter_critical();
    result = driver_is_name_taken(text) ? RTTM_ERROR_EXISTS : RTTM_OK;
    if (result == RTTM_OK)
        result = rttm_result(rt_device_register(&driver->kernel.device, text, RT_DEVICE_FLAG_RDWR));
    if (result == RTTM_OK)
        rttm_object_make_kernels(&driver->kernel.device.parent);
    rt_exit_critical();
    return result;
}

static struct driver *driver_new(uint32_t device_class, const struct rttm_driver *functions, void *context,
                                 struct rttm_registration *registration)
{
    struct rttm_cancel_scope scope;
    struct driver           *driver;
    rt_size_t                size = functions->size < sizeof *functions ? functions->size : sizeof *functions;

    rttm_cancel_disable(&scope);
    driver = rt_calloc(1, sizeof *driver);
    rttm_cancel_enable(&scope);
    if (driver == RT_NULL)
        return RT_NULL;
    driver->registration = registration;
    driver->context = context;
    driver->kernel.device.type = classes[device_class];
    rt_memcpy(&driver->functions, functions, size);
    driver_set_operations(&driver->kernel.device);
    return driver;
}

int32_t rttm_driver_register(const char *name, uint32_t name_length, uint32_t device_class,
                             const struct rttm_driver *driver, void *context, struct rttm_registration **registration)
{
    struct rttm_registration *made;
    int32_t                   result;

    if (!driver_has_good_name(name, name_length))
        return RTTM_ERROR_NAME;
    if (device_class >= sizeof classes / sizeof classes[0])
        return RTTM_ERROR_INVALID;
    made = rttm_resource_new(&driver_class, sizeof *made);
    if (made == RT_NULL)
        return rttm_resource_error();
    made->driver = driver_new(device_class, driver, context, made);
    result = made->driver != RT_NULL ? driver_add(made->driver, name, name_length) : RTTM_ERROR_OUT_OF_MEMORY;
    if (result != RTTM_OK)
    {
        if (made->driver != RT_NULL)
            driver_free(made->driver);
        rttm_resource_free(&made->resource);
        return result;
    }
    made->release = made->driver->functions.release;
    rttm_resource_enroll(&made->resource);
    *registration = made;
    return RTTM_OK;
}
RTM_EXPORT(rttm_driver_register)

int32_t rttm_driver_received(struct rttm_registration *registration, uint32_t bytes)
{
    rt_device_t device = &registration->driver->kernel.device;
    /* A user may remove the function at any time. */
    rt_err_t (*volatile * place)(rt_device_t device, rt_size_t bytes) = &device->rx_indicate;
    rt_err_t (*indicate)(rt_device_t device, rt_size_t bytes) = *place;
    struct rttm_cancel_scope scope;
    int32_t                  result = RTTM_OK;

    rttm_cancel_disable(&scope); /* the caller does not come back from it if what is called ends the module */
    if (indicate != RT_NULL)
        result = rttm_result(indicate(device, bytes));
    rttm_cancel_enable(&scope);
    return result;
}
RTM_EXPORT(rttm_driver_received)

#endif /* RTT_MOD_USING_DRIVER */
