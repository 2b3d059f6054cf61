/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the threads of modules, finds them, stops and frees them. */
#include <rtthread.h>
#include <rthw.h>

#include "../contain/cancel.h"
#include "../contain/stack_guard.h"
#include "../contain/stack_needs.h"
#include "../port/kernel_object.h"
#include "resource.h"
#include "threads.h"
#include "upcall.h"
#include "waiter.h"

/* The kernel's mark of the module of a thread. Objects that the thread makes get the same mark. */
static void *id_of(rt_thread_t thread)
{
#ifdef RT_USING_MODULE
    return rttm_thread_object(thread)->module_id;
#else
    (void)thread;
    return RT_NULL;
#endif
}

static void set_id(rt_thread_t thread, void *id)
{
#ifdef RT_USING_MODULE
    rttm_thread_object(thread)->module_id = id;
#else
    (void)thread;
    (void)id;
#endif
}

/* Made as a thread of the kernel. Otherwise it would be freed with the module of the calling thread. */
static void init_kernels(struct rttm_module_thread *thread, const struct rttm_thread_plan *plan, void *stack,
                         rt_uint32_t stack_bytes)
{
    rt_thread_t caller = rt_thread_self();
    void       *callers_id = id_of(caller);

    set_id(caller, RT_NULL);
    rt_thread_init(&thread->kernel, plan->name, rttm_module_thread_entry, thread, stack, stack_bytes, plan->priority,
                   plan->time_slice);
    set_id(caller, callers_id);
}

static struct rttm_module_thread *new_thread(struct rttm_module *module, const struct rttm_thread_plan *plan)
{
    rt_uint32_t stack_bytes = plan->stack_bytes + RTTM_STACK_UNOPTIMIZED + RTTM_STACK_GUARD_BYTES;
    rt_uint32_t head_bytes =
        (rt_uint32_t)sizeof(struct rttm_module_thread) + (rt_uint32_t)rttm_align(plan->context_bytes);
    rt_uint32_t                region_bytes = rttm_stack_region_bytes(plan->is_proven ? 0 : module->frame_bytes);
    rt_uint32_t                block_bytes = head_bytes + rttm_stack_extra_bytes(region_bytes) + stack_bytes;
    struct rttm_module_thread *thread = rt_malloc(block_bytes);

    if (thread == RT_NULL)
        return RT_NULL;
    rt_memset(thread, 0, head_bytes);
    thread->module = module;
    thread->block_bytes = block_bytes;
    thread->run = plan->run;
    thread->context = plan->context_bytes != 0 ? thread + 1 : plan->context;
    rttm_module_thread_set_region(thread, region_bytes);
    init_kernels(thread, plan, rttm_stack_begin((rt_ubase_t)thread + head_bytes, region_bytes), stack_bytes);
    set_id(&thread->kernel, module->kernel);
    return thread;
}

struct rttm_module_thread *rttm_threads_create(struct rttm_module *module, const struct rttm_thread_plan *plan)
{
    struct rttm_module_thread *thread = rttm_is_over(module) ? RT_NULL : new_thread(module, plan);
    rt_base_t                  level;

    if (thread == RT_NULL)
        return RT_NULL;
    level = rt_hw_interrupt_disable();
    rt_list_insert_before(&module->threads, &thread->node);
    rttm_module_charge(module, thread->block_bytes);
    rt_hw_interrupt_enable(level);
    return thread;
}

#if RTTHREAD_VERSION >= 40100

static rt_bool_t is_an_object(rt_thread_t thread)
{
    const rt_list_t *object = &rttm_thread_object(thread)->list;
    const rt_list_t *node;
    rt_bool_t        is_listed = RT_FALSE;

    rt_enter_critical();
    rt_list_for_each(node, &rt_object_get_information(RT_Object_Class_Thread)->object_list)
    {
        is_listed = is_listed || node == object;
    }
    rt_exit_critical();
    return is_listed;
}

/*
 * Takes a thread that has ended out of the kernel's lists. The idle thread does so too, but a thread that never waits may
 * keep it from running for ever. RT_FALSE while the idle thread is at it.
 */
static rt_bool_t forget_ended(rt_thread_t thread)
{
    rt_list_t *node = rttm_thread_node(thread);
    rt_base_t  level = rt_hw_interrupt_disable();
    rt_bool_t  is_waiting = !rt_list_isempty(node); /* for the idle thread */

    rt_list_remove(node);
    rt_hw_interrupt_enable(level);
    if (!is_waiting)
        return !is_an_object(thread);
#ifdef RT_USING_SIGNALS
    rt_thread_free_sig(thread);
#endif
    rt_object_detach(rttm_thread_object(thread));
    return RT_TRUE;
}

#else /* rt_thread_detach does it at once */

static rt_bool_t forget_ended(rt_thread_t thread)
{
    (void)thread;
    return RT_TRUE;
}

#endif

/* In a critical section, so that the idle thread does not run. */
void rttm_threads_stop(rt_thread_t thread)
{
    struct rttm_module_thread *own = rttm_module_thread_of(thread);

    if (own != RT_NULL && own->resource != RT_NULL)
        rttm_unpin(own->resource);
    thread->cleanup = RT_NULL; /* may be a function of the image, which is freed before the thread */
    rttm_upcalls_forget(thread);
    rttm_cancel_forget(thread, RT_NULL);
    rttm_waiters_forget(thread);
    rttm_forget_mutexes(thread);
    if (rt_object_is_systemobject(rttm_thread_object(thread)))
    {
        rt_thread_detach(thread);
        forget_ended(thread);
        return;
    }
    rttm_object_make_kernels(rttm_thread_object(thread));
    rt_thread_delete(thread);
}

void rttm_threads_free(struct rttm_module_thread *thread)
{
    rt_enter_critical();
    if (!rttm_thread_is_closed(&thread->kernel))
        rttm_threads_stop(&thread->kernel);
    rt_exit_critical();
    rt_enter_critical();
    rt_list_remove(&thread->node);
    rttm_module_credit(thread->module, thread->block_bytes);
    rt_exit_critical();
    while (!forget_ended(&thread->kernel))
        rt_thread_delay(1);
    rt_free(thread);
}

void rttm_threads_free_all(struct rttm_module *module)
{
    while (!rt_list_isempty(&module->threads))
        rttm_threads_free(rt_list_first_entry(&module->threads, struct rttm_module_thread, node));
}

#ifdef RT_USING_MODULE

/* Of the threads in `list`, those that C code of `module` has made. */
static rt_thread_t find_in(const rt_list_t *list, const struct rttm_module            *module,
                           rt_bool_t (*look)(rt_thread_t thread, void *context), void *context)
{
    struct rt_object *object;

    rt_list_for_each_entry(object, list, list)
    {
        rt_thread_t thread = (rt_thread_t)object;

        if (rt_object_get_type(object) == RT_Object_Class_Thread && rttm_module_thread_of(thread) == RT_NULL &&
            rttm_module_of_thread(thread) == module && look(thread, context))
            return thread;
    }
    return RT_NULL;
}

/* In 4.x those are in the module's list of objects; in 5.x the threads that they make in turn are in the kernel's. */
static rt_thread_t find_made_by_c(const struct rttm_module *module,
                                  rt_bool_t (*look)(rt_thread_t thread, void *context), void *context)
{
    rt_thread_t found = RT_NULL;

    if (module->kernel != RT_NULL)
        found = find_in(&module->kernel->object_list, module, look, context);
    if (found != RT_NULL)
        return found;
    return find_in(&rt_object_get_information(RT_Object_Class_Thread)->object_list, module, look, context);
}

#else /* no module has code in C */

static rt_thread_t find_made_by_c(const struct rttm_module *module,
                                  rt_bool_t (*look)(rt_thread_t thread, void *context), void *context)
{
    (void)module;
    (void)look;
    (void)context;
    return RT_NULL;
}

#endif

rt_thread_t rttm_threads_find(const struct rttm_module *module, rt_bool_t (*look)(rt_thread_t thread, void *context),
                              void                     *context)
{
    struct rttm_module_thread *thread;

    rt_list_for_each_entry(thread, &module->threads, node)
    {
        if (look(&thread->kernel, context))
            return &thread->kernel;
    }
    return find_made_by_c(module, look, context);
}
