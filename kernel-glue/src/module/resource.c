/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "end.h"
#include "figures.h"
#include "guard.h"
#include "outside.h"
#include "resource.h"
#include "rtt_mod.h"
#include "../contain/shelter.h"

/*
 * All modules' resources that are enrolled, in the order in which they are given back. Changed in critical sections only.
 */
static rt_list_t resources = RT_LIST_OBJECT_INIT(resources);

void *rttm_resource_new(const struct rttm_class *class, rt_size_t bytes)
{
    struct rttm_shelter   shelter;
    struct rttm_resource *resource;

    if (rt_interrupt_get_nest() != 0)
        return RT_NULL;
    rttm_shelter_enter(&shelter);
    resource = rt_calloc(1, bytes);
    if (resource != RT_NULL)
        rttm_resource_begin(resource, class, bytes);
    rttm_shelter_leave(&shelter);
    return resource;
}

void rttm_resource_begin(struct rttm_resource *resource, const struct rttm_class *class, rt_size_t bytes)
{
    rttm_shelter_enter(&resource->making);
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
    struct rttm_shelter shelter;

    rttm_shelter_enter(&shelter);
    rttm_shelter_leave(&resource->making);
    rt_free(resource);
    rttm_shelter_leave(&shelter);
}

static void enroll(struct rttm_resource *resource, void (*insert)(rt_list_t *list, rt_list_t *node))
{
    rt_enter_critical();
    rttm_shelter_leave(&resource->making);
    insert(&resources, &resource->node);
    rttm_figures_take(resource->owner, resource->bytes);
    rt_exit_critical();
}

void rttm_resource_enroll(struct rttm_resource *resource)
{
    enroll(resource, rt_list_insert_after);
}

/* The list is a ring: in front of its head is its end. */
void rttm_resource_enroll_last(struct rttm_resource *resource)
{
    enroll(resource, rt_list_insert_before);
}

void rttm_resource_withdraw(struct rttm_resource *resource)
{
    rt_list_remove(&resource->node);
    rttm_figures_give(resource->owner, resource->bytes);
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

/* For who may not wait: freeing memory may. The resource stays its owner's until it is closed in its place. */
static void abandon(struct rttm_resource *resource)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t is_last = --resource->handles == 0;

    rt_hw_interrupt_enable(level);
    if (is_last)
        rttm_close_from_outside();
}

void rttm_close(void *handle)
{
    struct rttm_resource *resource = handle;
    struct rttm_shelter   shelter;
    rt_bool_t             is_last;

    if (rttm_may_wait() != RTTM_OK)
    {
        abandon(resource);
        return;
    }
    rttm_shelter_enter(&shelter); /* stopped in here, the thread would leave the resource to nobody */
    is_last = take_if_last(resource);
    if (is_last)
        resource->class->release(resource, RTTM_REASON_CLOSED);
    rttm_shelter_leave(&shelter);
}
RTM_EXPORT(rttm_close)

static void close_in_owners_name(void *argument)
{
    struct rttm_resource *resource = argument;

    rt_enter_critical();
    rttm_resource_withdraw(resource);
    rt_exit_critical();
    resource->class->release(resource, RTTM_REASON_CLOSED);
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
        rttm_call_module(resource->owner, RTTM_MAY_NOT_WAIT, close_in_owners_name, resource);
}

/* Takes the newest resource of `module` out of the list; RT_NULL when there is none. */
static struct rttm_resource *take_newest(const struct rt_dlmodule *module)
{
    struct rttm_resource *found = RT_NULL;
    rt_list_t            *node;

    rt_enter_critical();
    rt_list_for_each(node, &resources)
    {
        struct rttm_resource *resource = rt_list_entry(node, struct rttm_resource, node);

        if (resource->owner == module)
        {
            found = resource;
            break;
        }
    }
    if (found != RT_NULL)
        rttm_resource_withdraw(found);
    rt_exit_critical();
    return found;
}

void rttm_resources_release(const struct rt_dlmodule *module)
{
    struct rttm_resource *resource;

    while ((resource = take_newest(module)) != RT_NULL)
        resource->class->release(resource, RTTM_REASON_OWNER_ENDS);
}

struct rttm_resource *rttm_resource_find(const struct rttm_class *class,
                                         rt_bool_t (*look)(const struct rttm_resource *resource, const void *context),
                                         const void *context)
{
    struct rttm_resource *found = RT_NULL;
    rt_list_t            *node;

    rt_enter_critical();
    rt_list_for_each(node, &resources)
    {
        struct rttm_resource *resource = rt_list_entry(node, struct rttm_resource, node);

        if ((class == RT_NULL || resource->class == class) && look(resource, context))
        {
            found = resource;
            break;
        }
    }
    rt_exit_critical();
    return found;
}
