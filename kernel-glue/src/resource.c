/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>
#include <rtm.h>

#include "guard.h"
#include "resource.h"
#include "rtt_mod.h"
#include "shelter.h"

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
        rttm_resource_begin(resource, class);
    rttm_shelter_leave(&shelter);
    return resource;
}

void rttm_resource_begin(struct rttm_resource *resource, const struct rttm_class *class)
{
    rttm_shelter_enter(&resource->making);
    resource->class = class;
    resource->owner = rttm_current_module();
    resource->handles = 1;
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

void rttm_resource_enroll(struct rttm_resource *resource)
{
    rt_enter_critical();
    rttm_shelter_leave(&resource->making);
    rt_list_insert_after(&resources, &resource->node);
    rt_exit_critical();
}

void rttm_resource_enroll_last(struct rttm_resource *resource)
{
    rt_enter_critical();
    rttm_shelter_leave(&resource->making);
    rt_list_insert_before(&resources, &resource->node);
    rt_exit_critical();
}

void rttm_resource_retain(struct rttm_resource *resource)
{
    rt_enter_critical();
    resource->handles++;
    rt_exit_critical();
}

void rttm_close(void *handle)
{
    struct rttm_resource *resource = handle;
    struct rttm_shelter   shelter;
    rt_bool_t             is_last;

    rttm_shelter_enter(&shelter); /* stopped in here, the thread would leave the resource to nobody */
    rt_enter_critical();
    is_last = --resource->handles == 0;
    if (is_last)
        rt_list_remove(&resource->node);
    rt_exit_critical();
    if (is_last)
        resource->class->release(resource, RTTM_REASON_CLOSED);
    rttm_shelter_leave(&shelter);
}
RTM_EXPORT(rttm_close)

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
        rt_list_remove(&found->node);
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

        if (resource->class == class && look(resource, context))
        {
            found = resource;
            break;
        }
    }
    rt_exit_critical();
    return found;
}
