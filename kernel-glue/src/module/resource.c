/* SPDX-License-Identifier: Apache-2.0 */
/* Makes resources, closes them by their handles, and releases those that are left when their owner ends. */
#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../contain/contained.h"
#include "record.h"
#include "resource.h"
#include "rtt_mod.h"
#include "upcall.h"
#include "wait.h"
#include "worker.h"

/* The resources of code that belongs to no module. As all such lists, it is changed with interrupts off or in critical sections. */
static rt_list_t unowned = RT_LIST_OBJECT_INIT(unowned);

static rt_list_t *list_of(struct rttm_module *owner)
{
    return owner != RT_NULL ? &owner->resources : &unowned;
}

void *rttm_resource_new(const struct rttm_class *class, rt_size_t bytes)
{
    struct rttm_cancel_scope scope;
    struct rttm_resource    *resource;

    if (!rttm_may_allocate())
        return RT_NULL;
    rttm_cancel_disable_in_thread(&scope);
    resource = rt_calloc(1, bytes);
    if (resource != RT_NULL)
    {
        rttm_cancel_disable_in_thread(&resource->link.making);
        resource->class = class;
        resource->owner = rttm_current_module();
        resource->handles = 1;
        resource->bytes = (rt_uint32_t)bytes;
    }
    rttm_cancel_enable(&scope);
    return resource;
}

int32_t rttm_resource_error(void)
{
    return rttm_may_allocate() ? RTTM_ERROR_OUT_OF_MEMORY : RTTM_ERROR_WOULD_WAIT;
}

void rttm_resource_free(struct rttm_resource *resource)
{
    struct rttm_cancel_scope scope;

    rttm_cancel_disable(&scope);
    rttm_cancel_enable(&resource->link.making);
    rt_free(resource);
    rttm_cancel_enable(&scope);
}

void rttm_resource_enroll(struct rttm_resource *resource)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t is_to_stop = rttm_cancel_leave(&resource->link.making);

    rt_list_insert_after(list_of(resource->owner), &resource->link.node);
    rttm_module_charge(resource->owner, resource->bytes);
    rt_hw_interrupt_enable(level);
    if (is_to_stop)
        rttm_contained_come_out();
}

void rttm_resource_withdraw(struct rttm_resource *resource)
{
    rt_list_remove(&resource->link.node);
    rttm_module_credit(resource->owner, resource->bytes);
}

/* Counts of as many stay as they are. */
#define HANDLES_MAX 0xFFFFu

void rttm_resource_retain(struct rttm_resource *resource)
{
    rt_base_t level = rt_hw_interrupt_disable();

    if (resource->handles < HANDLES_MAX)
        resource->handles++;
    rt_hw_interrupt_enable(level);
}

static rt_bool_t is_closed(const struct rttm_resource *resource)
{
    return resource->handles == 0 && resource->users == 0;
}

static rt_bool_t is_abandoned(const struct rttm_resource *resource, const void *unused)
{
    (void)unused;
    return is_closed(resource) && (resource->owner == RT_NULL || !rttm_is_over(resource->owner));
}

/* In the worker: releases what was closed by those that may not wait, or while it was in use. */
static void close_abandoned(struct rttm_work *unused)
{
    struct rttm_resource *resource;

    (void)unused;
    while ((resource = rttm_resource_find(RT_NULL, is_abandoned, RT_NULL)) != RT_NULL)
    {
        rt_enter_critical();
        rttm_resource_withdraw(resource);
        rt_exit_critical();
        resource->class->release(resource, RTTM_RELEASE_CLOSED);
    }
}

static struct rttm_work closing = {RT_NULL, close_abandoned};

rt_bool_t rttm_pin(struct rttm_resource *resource)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t is_open = resource->handles != 0;

    resource->users = (rt_uint16_t)(resource->users + is_open);
    rt_hw_interrupt_enable(level);
    return is_open;
}

/* Gives up a handle or a use. RT_TRUE if it was the last one of both. */
static rt_bool_t count_down(struct rttm_resource *resource, rt_uint16_t *count)
{
    rt_base_t level = rt_hw_interrupt_disable();
    rt_bool_t is_last;

    if (*count < HANDLES_MAX)
        --*count;
    is_last = is_closed(resource);
    rt_hw_interrupt_enable(level);
    return is_last;
}

void rttm_unpin(struct rttm_resource *resource)
{
    if (count_down(resource, &resource->users))
        rttm_worker_post(&closing);
}

/* Waits until the caller is the only user of a resource that is closed, if it is not itself in a call of it. */
static void await_users(const struct rttm_resource *resource)
{
    const volatile rt_uint16_t *users = &resource->users;

    if (resource->handles != 0 || resource->class->is_left_to_users || rt_critical_level() != 0 ||
        rttm_in_upcall_of(resource))
        return;
    while (*users > 1 && (resource->owner == RT_NULL || !rttm_is_over(resource->owner)))
        rt_thread_delay(1);
}

static void close_at_once(struct rttm_resource *resource)
{
    struct rttm_cancel_scope scope;
    rt_bool_t                is_last;
    rt_base_t                level;

    rttm_cancel_disable_in_thread(&scope); /* cancelled here, the thread would leak the resource */
    rttm_pin(resource);
    count_down(resource, &resource->handles);
    await_users(resource);
    level = rt_hw_interrupt_disable();
    is_last = count_down(resource, &resource->users);
    if (is_last)
        rttm_resource_withdraw(resource);
    rt_hw_interrupt_enable(level);
    if (is_last)
        resource->class->release(resource, RTTM_RELEASE_CLOSED);
    rttm_cancel_enable(&scope);
}

void rttm_close(void *handle)
{
    struct rttm_resource *resource = handle;

    if (rttm_may_wait() == RTTM_OK) /* freeing memory may wait */
        close_at_once(resource);
    else if (count_down(resource, &resource->handles))
        rttm_worker_post(&closing);
}
RTM_EXPORT(rttm_close)

void rttm_resource_drop(struct rttm_resource *resource, void (*release)(void *context), void *context)
{
    if (release != RT_NULL)
        rttm_upcall(resource->owner, RT_NULL, rttm_in_worker() ? RTTM_MAY_NOT_WAIT : RTTM_MAY_WAIT, release, context);
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
    {
        while (resource->users > 0) /* such as others who just look for a driver */
            rt_thread_delay(1);
        resource->class->release(resource, RTTM_RELEASE_OWNER_ENDS);
    }
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

struct memory
{
    rt_ubase_t start;
    rt_size_t  bytes;
};

static rt_bool_t calls_into(const struct rttm_resource *resource, const void *context)
{
    const struct memory *memory = context;
    int                  i;

    for (i = 0; i < 2; i++)
    {
        rt_uint16_t at = resource->class->functions_at[i];

        if (at != 0 && *(const rt_ubase_t *)((const char *)resource + at) - memory->start < memory->bytes)
            return RT_TRUE;
    }
    return RT_FALSE;
}

rt_bool_t rttm_resources_call_into(struct rttm_module *owner, const void *start, rt_size_t bytes)
{
    const struct memory memory = {(rt_ubase_t)start, bytes};

    return rttm_resource_find_of(owner, RT_NULL, calls_into, &memory) != RT_NULL;
}

/* ---- deferred free ----------------------------------------------------------------------------------------------- */

#ifdef RTT_MOD_USING_TIMER

/* Resources whose memory is to be freed. Nothing else of them is there. */
static rt_list_t deferred = RT_LIST_OBJECT_INIT(deferred);

/* Starts when the timer thread and interrupts have finished their calls. It is the kernel's: made at boot. */
static struct rt_timer after_calls;

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

static void free_deferred(struct rttm_work *unused)
{
    struct rttm_resource *resource;

    (void)unused;
    while ((resource = take_deferred()) != RT_NULL)
        rttm_resource_free(resource);
}

static struct rttm_work freeing = {RT_NULL, free_deferred};

static void post_freeing(void *unused)
{
    (void)unused;
    rttm_worker_post(&freeing);
}

void rttm_resource_free_deferred(struct rttm_resource *resource)
{
    rt_enter_critical();
    rt_list_insert_after(&deferred, &resource->link.node);
    rt_timer_start(&after_calls);
    rt_exit_critical();
}

static int make_timer(void)
{
    rt_timer_init(&after_calls, "modfree", post_freeing, RT_NULL, 1, RT_TIMER_FLAG_ONE_SHOT | RT_TIMER_FLAG_SOFT_TIMER);
    return 0;
}
INIT_PREV_EXPORT(make_timer); /* built-in modules are loaded from then on */

#endif /* RTT_MOD_USING_TIMER */
