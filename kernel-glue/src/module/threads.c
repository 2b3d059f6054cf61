/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the threads of modules, finds them, and gives them back to the kernel. */
#include <rtthread.h>

#include "../contain/stack_guard.h"
#include "../port/kernel_object.h"
#include "threads.h"

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

static rt_uint32_t heap_bytes_of(rt_thread_t thread)
{
    return sizeof(struct rt_thread) + thread->stack_size;
}

/* Made as a thread of the kernel. Otherwise it would be freed with the module of the calling thread. */
static rt_thread_t create(struct rttm_module_thread *thread, const struct rttm_thread_plan *plan)
{
    rt_thread_t caller = rt_thread_self();
    void       *callers_id = id_of(caller);
    rt_thread_t created;

    set_id(caller, RT_NULL);
    created = rt_thread_create(plan->name, rttm_module_thread_entry, thread, plan->stack_bytes + RTTM_STACK_GUARD_BYTES,
                               plan->priority, plan->time_slice);
    set_id(caller, callers_id);
    return created;
}

rt_bool_t rttm_threads_create(struct rttm_module *module, struct rttm_module_thread *thread,
                              const struct rttm_thread_plan *plan)
{
    thread->module = module;
    thread->kernel = create(thread, plan);
    if (thread->kernel == RT_NULL)
        return RT_FALSE;
    set_id(thread->kernel, module->kernel);
    rt_enter_critical();
    rt_list_insert_before(&module->threads, &thread->node);
    rttm_module_charge(module, heap_bytes_of(thread->kernel));
    rt_exit_critical();
    return RT_TRUE;
}

void rttm_threads_move_self(struct rttm_module_thread *place)
{
    rt_thread_t                self = rt_thread_self();
    struct rttm_module_thread *thread = rttm_module_thread_of(self);

    if (thread == RT_NULL)
        return;
    rt_enter_critical();
    *place = *thread;
    place->run = RT_NULL; /* it has been called */
    rt_list_insert_after(&thread->node, &place->node);
    rt_list_remove(&thread->node);
    self->parameter = place;
    rt_exit_critical();
}

void rttm_threads_disown(rt_thread_t thread)
{
    struct rttm_module_thread *own = rttm_module_thread_of(thread);

    rt_enter_critical();
    if (own != RT_NULL)
    {
        rt_list_remove(&own->node);
        rttm_module_credit(own->module, heap_bytes_of(thread));
        thread->parameter = RT_NULL;
    }
    rttm_object_make_kernels(rttm_thread_object(thread));
    rt_exit_critical();
}

void rttm_threads_leave_with_module(struct rttm_module *module)
{
    rt_thread_t self = rt_thread_self();

    rttm_object_make_kernels(rttm_thread_object(self));
    set_id(self, module->kernel);
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
    const struct rttm_module_thread *thread;

    rt_list_for_each_entry(thread, &module->threads, node)
    {
        if (look(thread->kernel, context))
            return thread->kernel;
    }
    return find_made_by_c(module, look, context);
}
