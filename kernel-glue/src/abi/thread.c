/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads of modules.
 *
 * A handle outlives the kernel's thread, which the worker frees after its end. The handle has one event object,
 * for the threads that join it and for the thread itself while it is parked. A spawned thread holds a handle of its own
 * until it has returned. The main thread, and a thread of another module that calls this module's functions, get their
 * handle at the first call that needs it, and keep it until the module ends.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_THREAD

#include <rtthread.h>
#include <rthw.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../module/resource.h"
#include "../module/short_name.h"
#include "../module/threads.h"
#include "../module/upcall.h"
#include "../module/wait.h"
#include "../port/clock.h"
#include "../port/compat.h"
#include "../port/kernel_object.h"
#include "result.h"
#include "thread.h"

#define TIME_SLICE 10u /* in ticks, the default */

/* The flags of the event object. */
#define HAS_RETURNED (1u << 0)
#define IS_UNPARKED  (1u << 1)

static void thread_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    (void)cause;
    rttm_worker_cancel(&((struct rttm_thread *)resource)->returned);
    rt_event_detach(&((struct rttm_thread *)resource)->event);
    rttm_resource_free(resource);
}

static const struct rttm_class thread_class = {
    .release = thread_release,
    .functions_at = {RTTM_FUNCTION_AT(struct rttm_thread, entry)},
};

/* Sets the name, cut to the length that the kernel can keep, at the end of a character. */
static void thread_set_name(struct rttm_thread *thread, const char *name, rt_uint32_t length)
{
    thread->name_length = (rt_uint32_t)rttm_name_length(name, length);
    rt_memcpy(thread->name, name, thread->name_length);
}

/* A handle that is not enrolled yet, with more bytes after it, or RT_NULL without memory. */
static struct rttm_thread *thread_new(rt_size_t more_bytes)
{
    struct rttm_thread *thread = rttm_resource_new(&thread_class, sizeof *thread + more_bytes);

    if (thread == RT_NULL)
        return RT_NULL;
    rt_event_init(&thread->event, rttm_current_name(), RT_IPC_FLAG_PRIO);
    rttm_object_make_kernels(&thread->event.parent.parent);
    return thread;
}

/* ---- a thread's life ------------------------------------------------------------------------------------------- */

/*
 * Frees a spawned thread that has returned: by one of those who join it, or by the worker, before those who join it go on.
 *
 * The kernel keeps a pointer from a locked mutex to its owner. 4.x uses the pointer after the owner is freed. 5.1 unlocks
 * the mutex, although its data may be inconsistent. So a thread that leaves a mutex locked stays until the module ends.
 */
static void thread_free(struct rttm_module_thread *own)
{
    if (!rttm_has_locked(&own->kernel))
        rttm_threads_free(own);
}

/* In the worker. */
static void thread_bury(struct rttm_work *work)
{
    struct rttm_thread        *thread = rt_list_entry(work, struct rttm_thread, returned);
    struct rttm_module_thread *own = rttm_module_thread_of(thread->kernel);

    if (rttm_is_over(thread->resource.owner))
        return;
    thread->kernel = RT_NULL;
    thread_free(own);
    rt_event_send(&thread->event, HAS_RETURNED);
    rttm_close(thread);
}

static void thread_join_begin(struct rttm_thread *thread)
{
    rt_base_t level = rt_hw_interrupt_disable();

    thread->joiners++;
    rt_hw_interrupt_enable(level);
}

/* The first one that comes here after the thread has returned frees it. */
static void thread_join_end(struct rttm_thread *thread)
{
    struct rttm_module_thread *own = RT_NULL;
    struct rttm_cancel_scope   scope;
    rt_base_t                  level;

    rttm_cancel_disable(&scope); /* cancelled here, the thread would leak the other one */
    level = rt_hw_interrupt_disable();
    thread->joiners--;
    if (thread->is_left_to_joiners && thread->kernel != RT_NULL)
    {
        own = rttm_module_thread_of(thread->kernel);
        thread->kernel = RT_NULL;
        thread->resource.handles--; /* the thread's own; the caller has another one */
    }
    rt_hw_interrupt_enable(level);
    if (own != RT_NULL)
        thread_free(own);
    rttm_cancel_enable(&scope);
}

/* The life of a spawned thread. */
static void thread_run(struct rttm_module_thread *own)
{
    struct rttm_thread *thread = own->context;
    rt_base_t           level;

    thread->entry(thread->context);
    level = rt_hw_interrupt_disable();
    thread->is_left_to_joiners = thread->joiners > 0;
    rt_hw_interrupt_enable(level);
    if (thread->is_left_to_joiners)
        rt_event_send(&thread->event, HAS_RETURNED);
    else
        rttm_worker_post(&thread->returned);
    rttm_wait_for_the_end();
}

static rt_uint8_t thread_priority(const struct rttm_thread_options *options)
{
    rt_uint32_t priority = options->priority;

    if (priority == RTTM_PRIORITY_DEFAULT)
        priority = rttm_priority_of(rt_thread_self());
    return (rt_uint8_t)(priority < RTTM_PRIORITY_LOWEST ? priority : RTTM_PRIORITY_LOWEST);
}

static rt_uint32_t thread_stack_bytes(const struct rttm_thread_options *options)
{
    rt_uint32_t bytes = options->stack_bytes < RTTM_STACK_BYTES_MAX ? options->stack_bytes : RTTM_STACK_BYTES_MAX;

    bytes = bytes > RTTM_STACK_BYTES_MIN ? bytes : RTTM_STACK_BYTES_MIN;
    return (rt_uint32_t)rttm_align(bytes);
}

/* RT_FALSE without memory, and for code that is no module's. */
static rt_bool_t thread_create(struct rttm_thread *thread, const struct rttm_thread_options *options)
{
    const struct rttm_thread_plan plan = {
        .run = thread_run,
        .context = thread,
        .name = thread->name,
        .stack_bytes = thread_stack_bytes(options),
        .priority = thread_priority(options),
        .time_slice = options->time_slice != 0 ? options->time_slice : TIME_SLICE,
    };
    struct rttm_module_thread *own;

    if (thread->resource.owner == RT_NULL)
        return RT_FALSE;
    own = rttm_threads_create(thread->resource.owner, &plan);
    if (own == RT_NULL)
        return RT_FALSE;
    thread->returned.run = thread_bury;
    thread->kernel = &own->kernel;
    return RT_TRUE;
}

/* Starts the thread of a handle that thread_new has made. */
static int32_t thread_start(struct rttm_thread *made, const struct rttm_thread_options *options,
                            void (*entry)(void *context), void *context, struct rttm_thread **thread)
{
    made->entry = entry;
    made->context = context;
    if (options->name_length != 0)
        thread_set_name(made, options->name, options->name_length);
    else
        thread_set_name(made, rttm_current_name(), (rt_uint32_t)rt_strnlen(rttm_current_name(), RT_NAME_MAX));
    if (!thread_create(made, options))
    {
        thread_release(&made->resource, RTTM_RELEASE_CLOSED);
        return rttm_resource_error();
    }
    made->resource.handles = 2; /* the thread's own, and the caller's */
    rttm_resource_enroll(&made->resource);
    *thread = made;
    rt_thread_startup(made->kernel);
    return RTTM_OK;
}

int32_t rttm_thread_spawn(const struct rttm_thread_options *options, void (*entry)(void *context), void *context,
                          struct rttm_thread **thread)
{
    struct rttm_thread *made = thread_new(0);

    return made != RT_NULL ? thread_start(made, options, entry, context, thread) : rttm_resource_error();
}
RTM_EXPORT(rttm_thread_spawn)

/* No packet is larger. */
#define PACKET_MAX 0x7FFFFFFu

int32_t rttm_thread_spawn_with(const struct rttm_thread_options *options, void (*entry)(void *copy),
                               struct rttm_packet *packet, struct rttm_thread **thread)
{
    struct rttm_thread *made;

    if (packet->length > PACKET_MAX || packet->alignment > PACKET_MAX)
        return RTTM_ERROR_OUT_OF_MEMORY;
    made = thread_new(packet->length + packet->alignment);
    if (made == RT_NULL)
        return rttm_resource_error();
    packet->copy = (void *)RT_ALIGN((rt_ubase_t)(made + 1), (rt_ubase_t)packet->alignment);
    rt_memcpy(packet->copy, packet->bytes, packet->length);
    return thread_start(made, options, entry, packet->copy, thread);
}
RTM_EXPORT(rttm_thread_spawn_with)

static int32_t thread_wait_for(struct rttm_thread *thread, rt_uint32_t flag, rt_uint8_t option, uint32_t milliseconds)
{
    rt_uint32_t received;
    int32_t     result;

    if (rt_event_recv(&thread->event, flag, RT_EVENT_FLAG_OR | option, 0, &received) == RT_EOK)
        return RTTM_OK;
    if (milliseconds == 0)
        return RTTM_ERROR_TIMED_OUT;
    result = rttm_wait_begin();
    if (result != RTTM_OK)
        return result;
    result = rttm_result(
        rt_event_recv(&thread->event, flag, RT_EVENT_FLAG_OR | option, rttm_ticks(milliseconds), &received));
    rttm_wait_end();
    return result;
}

int32_t rttm_thread_join(struct rttm_thread *thread, uint32_t milliseconds)
{
    int32_t result;

    if (rt_interrupt_get_nest() != 0)
        return thread_wait_for(thread, HAS_RETURNED, 0, milliseconds);
    if (thread->kernel == rt_thread_self())
        return RTTM_ERROR_DEADLOCK;
    thread_join_begin(thread);
    result = thread_wait_for(thread, HAS_RETURNED, 0, milliseconds);
    thread_join_end(thread);
    return result;
}
RTM_EXPORT(rttm_thread_join)

/* ---- the calling thread ---------------------------------------------------------------------------------------- */

static rt_bool_t thread_is_of_caller(const struct rttm_resource *resource, const void *self)
{
    return ((const struct rttm_thread *)resource)->kernel == self;
}

static struct rttm_thread *thread_find_current(void)
{
    rt_thread_t                self = rt_thread_self();
    struct rttm_module        *module = rttm_current_module();
    struct rttm_module_thread *own = rttm_module_thread_of(self);

    if (own != RT_NULL && own->run == thread_run && own->module == module)
        return own->context;
    return (struct rttm_thread *)rttm_resource_find_of(module, &thread_class, thread_is_of_caller, self);
}

/* The handle of the calling thread, without a new user. RT_NULL without memory. */
static struct rttm_thread *thread_current(void)
{
    struct rttm_thread *thread = thread_find_current();
    const char         *name = rttm_thread_object(rt_thread_self())->name;

    if (thread != RT_NULL)
        return thread;
    thread = thread_new(0);
    if (thread == RT_NULL)
        return RT_NULL;
    thread->kernel = rt_thread_self();
    thread_set_name(thread, name, (rt_uint32_t)rt_strnlen(name, RT_NAME_MAX));
    rttm_resource_enroll(&thread->resource);
    return thread;
}

int32_t rttm_thread_current(struct rttm_thread **thread)
{
    if (rt_interrupt_get_nest() != 0)
        return RTTM_ERROR_WOULD_WAIT;
    *thread = thread_current();
    if (*thread == RT_NULL)
        return rttm_resource_error();
    rttm_thread_retain(*thread);
    return RTTM_OK;
}
RTM_EXPORT(rttm_thread_current)

int32_t rttm_thread_park(uint32_t milliseconds)
{
    struct rttm_thread *thread;

    if (rt_interrupt_get_nest() != 0)
        return RTTM_ERROR_WOULD_WAIT;
    thread = thread_current();
    if (thread == RT_NULL)
        return rttm_resource_error();
    return thread_wait_for(thread, IS_UNPARKED, RT_EVENT_FLAG_CLEAR, milliseconds);
}
RTM_EXPORT(rttm_thread_park)

/* ---- any thread ------------------------------------------------------------------------------------------------ */

void rttm_thread_retain(struct rttm_thread *thread)
{
    rttm_resource_retain(&thread->resource);
}
RTM_EXPORT(rttm_thread_retain)

const char *rttm_thread_name(const struct rttm_thread *thread, uint32_t *length)
{
    *length = thread->name_length;
    return thread->name;
}
RTM_EXPORT(rttm_thread_name)

int32_t rttm_thread_unpark(struct rttm_thread *thread)
{
    return rttm_result(rt_event_send(&thread->event, IS_UNPARKED));
}
RTM_EXPORT(rttm_thread_unpark)

#endif /* RTT_MOD_USING_THREAD */
