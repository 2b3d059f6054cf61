/* SPDX-License-Identifier: Apache-2.0 */
/* Makes resources, closes them by their handles, and releases those that are left when their owner ends. */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "reaper.h"
#include "record.h"
#include "resource.h"
#include "rtt_mod.h"
#include "upcall.h"

/* The resources of code that belongs to no module. Changed in critical sections. */
static rt_list_t unowned = RT_LIST_OBJECT_INIT(unowned);

static rt_list_t *list_of(struct rttm_module *owner)
{
    return owner != RT_NULL ? &owner->resources : &unowned;
}

void *rttm_resource_new(const struct rttm_class *class, rt_size_t bytes)
{
    struct rttm_cancel_scope scope;
    struct rttm_resource    *resource;

    if (rt_interrupt_get_nest() != 0)
        return RT_NULL;
    rttm_cancel_disable(&scope);
    resource = rt_calloc(1, bytes);
    if (resource != RT_NULL)
        rttm_resource_begin(resource, class, bytes);
    rttm_cancel_enable(&scope);
    return resource;
}

void rttm_resource_begin(struct rttm_resource *resource, const struct rttm_class *class, rt_size_t bytes)
{
    rttm_cancel_disable(&resource->link.making);
    resource->class = class;
    resource->owner = rttm_current_module();
    resource->handles = 1;
    resource->bytes = (rt_uint32_t)bytes;
}

int32_t rttm_resource_error(void)
{
    return rt_interrupt_get_nest() != 0 ? RTTM_ERROR_WOULD_WAIT : RTTM_ERROR_OUT_OF_MEMORY;
}

void rttm_resource_free(struct rttm_resource *resource)
{
    struct rttm_cancel_scope scope;

    rttm_cancel_disable(&scope);
    rttm_cancel_enable(&resource->link.making);
    rt_free(resource);
    rttm_cancel_enable(&scope);
}

static void enroll(struct rttm_resource *resource, void (*insert)(rt_list_t *list, rt_list_t *node))
{
    rt_enter_critical();
    rttm_cancel_enable(&resource->link.making);
    insert(list_of(resource->owner), &resource->link.node);
    rttm_module_charge(resource->owner, resource->bytes);
    rt_exit_critical();
}

void rttm_resource_enroll(struct rttm_resource *resource)
{
    enroll(resource, rt_list_insert_after);
}

/* The list is a ring, so its end is before its head. */
void rttm_resource_enroll_last(struct rttm_resource *resource)
{
    enroll(resource, rt_list_insert_before);
}

void rttm_resource_withdraw(struct rttm_resource *resource)
{
    rt_list_remove(&resource->link.node);
    rttm_module_credit(resource->owner, resource->bytes);
}

void rttm_resource_retain(struct rttm_resource *resource)
{
    rt_base_t level = rt_hw_interrupt_disable();

    resource->handles++;
    rt_hw_interrupt_enable(level);
}

/* Gives up a handle, and takes the resource out of the list if it was the last one. */
static rt_bool_t take_if_last(struct rttm_resource *resource)
{
    rt_base_t level;
    rt_bool_t is_last;

    rt_enter_critical();
    level = rt_hw_interrupt_disable();
    is_last = --resource->handles == 0;
    rt_hw_interrupt_enable(level);
    if (is_last)
        rttm_resource_withdraw(resource);
    rt_exit_critical();
    return is_last;
}

/* For a caller that may not wait, because freeing memory may wait. The reaper closes the resource. */
static void abandon(struct rttm_resource *resource)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t is_last = --resource->handles == 0;

    rt_hw_interrupt_enable(level);
    if (is_last)
        rttm_close_async();
}

void rttm_close(void *handle)
{
    struct rttm_resource    *resource = handle;
    struct rttm_cancel_scope scope;
    rt_bool_t                is_last;

    if (rttm_may_wait() != RTTM_OK)
    {
        abandon(resource);
        return;
    }
    rttm_cancel_disable(&scope); /* cancelled here, the thread would leak the resource */
    is_last = take_if_last(resource);
    if (is_last)
        resource->class->release(resource, RTTM_RELEASE_CLOSED);
    rttm_cancel_enable(&scope);
}
RTM_EXPORT(rttm_close)

static void close_in_owners_name(void *argument)
{
    struct rttm_resource *resource = argument;

    rt_enter_critical();
    rttm_resource_withdraw(resource);
    rt_exit_critical();
    resource->class->release(resource, RTTM_RELEASE_CLOSED);
}

static rt_bool_t is_abandoned(const struct rttm_resource *resource, const void *unused)
{
    (void)unused;
    return resource->handles == 0 && resource->owner != RT_NULL && !rttm_is_ending(resource->owner);
}

void rttm_resources_close_abandoned(void)
{
    struct rttm_resource *resource;

    while ((resource = rttm_resource_find(RT_NULL, is_abandoned, RT_NULL)) != RT_NULL)
        rttm_upcall(resource->owner, RTTM_MAY_NOT_WAIT, close_in_owners_name, resource);
}

/* Takes the newest resource of `module` out of the list; RT_NULL when there is none. */
static struct rttm_resource *take_newest(struct rttm_module *module)
{
    struct rttm_resource *resource = RT_NULL;

    rt_enter_critical();
    if (!rt_list_isempty(&module->resources))
    {
        resource = rt_list_first_entry(&module->resources, struct rttm_resource, link.node);
        rttm_resource_withdraw(resource);
    }
    rt_exit_critical();
    return resource;
}

void rttm_resources_release(struct rttm_module *module)
{
    struct rttm_resource *resource;

    while ((resource = take_newest(module)) != RT_NULL)
        resource->class->release(resource, RTTM_RELEASE_OWNER_ENDS);
}

/* ---- search ------------------------------------------------------------------------------------------------------ */

struct rttm_resource *rttm_resource_find_of(struct rttm_module *owner, const struct rttm_class *class,
                                            rt_bool_t (*look)(const struct rttm_resource *resource,
                                                              const void                 *context),
                                            const void *context)
{
    const rt_list_t      *list = list_of(owner);
    struct rttm_resource *found = RT_NULL;
    struct rttm_resource *resource;

    rt_enter_critical();
    rt_list_for_each_entry(resource, list, link.node)
    {
        if ((class == RT_NULL || resource->class == class) && look(resource, context))
        {
            found = resource;
            break;
        }
    }
    rt_exit_critical();
    return found;
}

struct rttm_resource *rttm_resource_find(const struct rttm_class *class,
                                         rt_bool_t (*look)(const struct rttm_resource *resource, const void *context),
                                         const void *context)
{
    struct rttm_module   *module;
    struct rttm_resource *found;

    rt_enter_critical();
    found = rttm_resource_find_of(RT_NULL, class, look, context);
    RTTM_FOR_EACH_MODULE(module)
    {
        if (found == RT_NULL)
            found = rttm_resource_find_of(module, class, look, context);
    }
    rt_exit_critical();
    return found;
}

/* ---- deferred free ----------------------------------------------------------------------------------------------- */

#ifdef RTT_MOD_USING_TIMER

/* Resources whose memory is to be freed. Nothing else of them is there. */
static rt_list_t deferred = RT_LIST_OBJECT_INIT(deferred);

void rttm_resource_free_deferred(struct rttm_resource *resource)
{
    rt_enter_critical();
    rt_list_insert_after(&deferred, &resource->link.node);
    rttm_free_async();
    rt_exit_critical();
}

static struct rttm_resource *take_deferred(void)
{
    struct rttm_resource *resource = RT_NULL;

    rt_enter_critical();
    if (!rt_list_isempty(&deferred))
    {
        resource = rt_list_first_entry(&deferred, struct rttm_resource, link.node);
        rt_list_remove(&resource->link.node);
    }
    rt_exit_critical();
    return resource;
}

void rttm_resources_free_deferred(void)
{
    struct rttm_resource *resource;

    while ((resource = take_deferred()) != RT_NULL)
        rttm_resource_free(resource);
}

#endif /* RTT_MOD_USING_TIMER */
