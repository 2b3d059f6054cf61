/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Devices by name. A handle that is not open only has the name, because a device that a module implements may disappear
 * at any time unless it is open.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_DEVICE

#include <rtthread.h>
#include <rtm.h>

#include "../module/resource.h"
#include "../module/upcall.h"
#include "../port/compat.h"
#include "device.h"
#include "open_flags.h"
#include "result.h"
#include "transfer.h"

/* The kernel counts the users of an open device in 8 bits, and asserts that the count does not wrap around. */
#define OPEN_MAX 255u

struct rttm_device
{
    struct rttm_resource        resource;
    rt_device_t                 kernel; /* RT_NULL: not open */
    rt_bool_t                   sends_by_dma;
    struct rttm_device_notifier received;
    struct rttm_device_notifier sent;
    uint32_t                    name_length;
    char                        name[RT_NAME_MAX];
};

static void device_shut(struct rttm_device *device)
{
    struct rttm_cancel_scope scope;

    rttm_device_notifier_detach(&device->received);
    rttm_device_notifier_detach(&device->sent);
    if (device->kernel == RT_NULL)
        return;
    rttm_cancel_disable(&scope);
    rt_device_close(device->kernel);
    rttm_cancel_enable(&scope);
    device->kernel = RT_NULL;
}

static void device_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_device *device = (struct rttm_device *)resource;

    device_shut(device);
    rttm_callback_unbind(&device->received.bound, cause == RTTM_RELEASE_OWNER_ENDS);
    rttm_callback_unbind(&device->sent.bound, cause == RTTM_RELEASE_OWNER_ENDS);
    rttm_resource_free(resource);
}

static const struct rttm_class device_class = {
    .release = device_release,
    .functions_at =
        {
            RTTM_FUNCTION_AT(struct rttm_device, received.bound.callback.call),
            RTTM_FUNCTION_AT(struct rttm_device, sent.bound.callback.call),
        },
};

int32_t rttm_device_find(const char *name, uint32_t name_length, struct rttm_device **device)
{
    struct rttm_device *found;

    if (rttm_find_device(name, name_length) == RT_NULL)
        return RTTM_ERROR_NOT_FOUND;
    found = rttm_resource_new(&device_class, sizeof *found);
    if (found == RT_NULL)
        return rttm_resource_error();
    found->received.direction = RTTM_RECEIVED;
    found->sent.direction = RTTM_SENT;
    found->name_length = name_length;
    rt_memcpy(found->name, name, name_length);
    rttm_resource_enroll(&found->resource);
    *device = found;
    return RTTM_OK;
}
RTM_EXPORT(rttm_device_find)

rt_device_t rttm_device_kernel(const struct rttm_device *device)
{
    return device->kernel;
}

static int32_t device_open_kernel(struct rttm_device *device, rt_device_t kernel, uint32_t flags)
{
    int32_t result;

    if (kernel->ref_count > 0 && (flags & RTTM_DEVICE_EXCLUSIVE))
        return RTTM_ERROR_BUSY;
    if (kernel->ref_count >= OPEN_MAX)
        return RTTM_ERROR_TOO_MANY_OPEN;
    result = rttm_result(rt_device_open(kernel, rttm_open_flags(kernel, flags)));
    if (result != RTTM_OK)
        return result;
    device->kernel = kernel;
    device->sends_by_dma = (flags & RTTM_DEVICE_DMA_TX) != 0;
    if (device->received.bound.callback.call != RT_NULL)
        rttm_device_notifier_attach(&device->received, kernel);
    if (device->sent.bound.callback.call != RT_NULL)
        rttm_device_notifier_attach(&device->sent, kernel);
    return RTTM_OK;
}

int32_t rttm_device_open(struct rttm_device *device, uint32_t flags)
{
    struct rttm_cancel_scope scope;
    struct rttm_resource    *driver;
    rt_device_t              kernel;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    if (device->kernel != RT_NULL)
        result = RTTM_ERROR_BUSY;
    else if ((kernel = rttm_driver_find(&driver, device->name, device->name_length)) == RT_NULL)
        result = RTTM_ERROR_NOT_FOUND;
    else
    {
        result = device_open_kernel(device, kernel, flags);
        if (driver != RT_NULL)
            rttm_unpin(driver);
    }
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_device_open)

int32_t rttm_device_shut(struct rttm_device *device)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    device_shut(device);
    rttm_transfer_end(&scope);
    return RTTM_OK;
}
RTM_EXPORT(rttm_device_shut)

static int32_t device_sector_bytes(rt_device_t kernel)
{
    struct rt_device_blk_geometry geometry;
    rt_err_t                      error;

    rt_memset(&geometry, 0, sizeof geometry);
    error = rt_device_control(kernel, RT_DEVICE_CTRL_BLK_GETGEOME, &geometry);
    if (error != RT_EOK)
        return rttm_result(error);
    return geometry.bytes_per_sector > 0 ? (int32_t)geometry.bytes_per_sector : RTTM_ERROR_UNSUPPORTED;
}

static int32_t device_unit(rt_device_t kernel)
{
    switch (kernel->type)
    {
    case RT_Device_Class_Block:
        return device_sector_bytes(kernel);
    case RT_Device_Class_Char:
    case RT_Device_Class_Pipe:
    case RT_Device_Class_Sound:
        return 1;
    default:
        return rttm_driver_implements(kernel) ? 1 : RTTM_ERROR_UNSUPPORTED;
    }
}

int32_t rttm_device_unit(struct rttm_device *device)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    result = device->kernel != RT_NULL ? device_unit(device->kernel) : RTTM_ERROR_INVALID;
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_device_unit)

/* The count that a driver returned, or its error: the result if negative, else the error number of the thread. */
static int32_t device_count(rt_base_t count)
{
    if (count > 0)
        return (int32_t)count;
    return rttm_result(count < 0 ? (rt_err_t)count : rt_get_errno());
}

int32_t rttm_device_read(struct rttm_device *device, uint32_t position, void *bytes, uint32_t length)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    rt_set_errno(RT_EOK);
    if (device->kernel == RT_NULL)
        result = RTTM_ERROR_INVALID;
    else
        result = device_count((rt_base_t)rt_device_read(device->kernel, (rt_off_t)position, bytes, length));
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_device_read)

/* A driver that sends by DMA reads the bytes after the call, which only a user that opened it with DMA expects. */
static rt_bool_t device_keeps_bytes(const struct rttm_device *device)
{
    return (device->kernel->open_flag & RT_DEVICE_FLAG_DMA_TX) && !device->sends_by_dma;
}

int32_t rttm_device_write(struct rttm_device *device, uint32_t position, const void *bytes, uint32_t length)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    rt_set_errno(RT_EOK);
    if (device->kernel == RT_NULL)
        result = RTTM_ERROR_INVALID;
    else if (device_keeps_bytes(device))
        result = RTTM_ERROR_BUSY;
    else
        result = device_count((rt_base_t)rt_device_write(device->kernel, (rt_off_t)position, bytes, length));
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_device_write)

int32_t rttm_device_control(struct rttm_device *device, int32_t command, void *argument)
{
    struct rttm_cancel_scope scope;
    rt_err_t                 error;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    if (device->kernel == RT_NULL)
        result = RTTM_ERROR_INVALID;
    else
    {
        error = rt_device_control(device->kernel, command, argument);
        result = error > 0 ? (int32_t)error : rttm_result(error);
    }
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_device_control)

static int32_t device_set_callback(struct rttm_device *device, struct rttm_device_notifier *notifier,
                                   const struct rttm_callback *callback)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    rttm_transfer_end(&scope);
    if (rttm_in_upcall_of(&device->resource))
        return RTTM_ERROR_BUSY;
    rttm_device_notifier_detach(notifier);
    rttm_callback_unbind(&notifier->bound, RT_FALSE);
    if (callback == RT_NULL)
        return RTTM_OK;
    rttm_callback_bind(&notifier->bound, &device->resource, callback);
    if (device->kernel != RT_NULL)
        rttm_device_notifier_attach(notifier, device->kernel);
    return RTTM_OK;
}

int32_t rttm_device_on_receive(struct rttm_device *device, const struct rttm_callback *callback)
{
    return device_set_callback(device, &device->received, callback);
}
RTM_EXPORT(rttm_device_on_receive)

int32_t rttm_device_on_sent(struct rttm_device *device, const struct rttm_callback *callback)
{
    return device_set_callback(device, &device->sent, callback);
}
RTM_EXPORT(rttm_device_on_sent)

#endif /* RTT_MOD_USING_DEVICE */
