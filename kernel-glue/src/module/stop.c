/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stops no thread that has a lock of the kernel's. One in a function of the module ABI has a cancellation scope; of one that
 * calls the kernel itself, as C code does, the state is looked at: where it will go on, and whether it owns a mutex of the
 * kernel's. It comes out of the kernel by its return addresses, which are changed.
 */
#include <rtthread.h>

#include "../contain/cancel.h"
#include "../contain/critical.h"
#include "../contain/interrupt.h"
#include "../contain/return_address.h"
#include "../port/compat.h"
#include "heap_blocks.h"
#include "resource.h"
#include "threads.h"
#include "upcall.h"

void rttm_await_stop(void)
{
    rttm_interrupt_leave(0);
    rttm_enable_interrupts(); /* C code may have disabled them itself */
    rttm_critical_leave(0);
    rttm_cancel_forget(rt_thread_self(), RT_NULL);
    rttm_wait_for_the_end();
}

#ifdef RT_USING_MODULE

/* Where a thread returns to that was in the kernel when its module ended. */
static void come_out(void)
{
    rttm_enable_interrupts();
    if (rttm_in_upcall())
        rttm_upcall_abort();
    rttm_await_stop();
}

static rt_bool_t has_code_at(const struct rttm_module *module, rt_ubase_t address)
{
    return address - (rt_ubase_t)module->image < module->image_bytes;
}

/* Whether `address` is in the image of `module`, or of a library that goes with it. */
static rt_bool_t is_code_of(const struct rttm_module *module, rt_ubase_t address)
{
    const struct rttm_module *other;

    RTTM_FOR_EACH_MODULE(other)
    {
        if ((other == module || other->owner == module) && has_code_at(other, address))
            return RT_TRUE;
    }
    return RT_FALSE;
}

rt_bool_t rttm_goes_on_in_code_of(const struct rttm_module *module, rt_thread_t thread)
{
    return module->image == RT_NULL || is_code_of(module, rttm_saved_pc(thread));
}

#ifdef RT_USING_MUTEX

static rt_bool_t contains(const struct rttm_resource *resource, const void *place)
{
    return (rt_ubase_t)place - (rt_ubase_t)resource < resource->bytes;
}

/*
 * Whether `thread` owns a mutex that is not of `module`. The kernel's list has none that C code of a module has made with a
 * record of dlmodule's.
 */
static rt_bool_t owns_mutex(struct rttm_module *module, rt_thread_t thread)
{
    struct rt_object *object;

    rt_list_for_each_entry(object, &rt_object_get_information(RT_Object_Class_Mutex)->object_list, list)
    {
        if (((const struct rt_mutex *)object)->owner == thread && !is_code_of(module, (rt_ubase_t)object) &&
            !rttm_blocks_contain(module, object) && rttm_resource_find_of(module, RT_NULL, contains, object) == RT_NULL)
            return RT_TRUE;
    }
    return RT_FALSE;
}

#else

static rt_bool_t owns_mutex(struct rttm_module *module, rt_thread_t thread)
{
    (void)module;
    (void)thread;
    return RT_FALSE;
}

#endif

/* Whether `thread` will go on in code of its module's, or waits: in the kernel, but not in the middle of a change. */
static rt_bool_t is_between_changes(const struct rttm_module *module, rt_thread_t thread)
{
    rt_ubase_t pc = rttm_saved_pc(thread);

    return rttm_thread_is_suspended(thread) || pc == 0 || is_code_of(module, pc);
}

static rt_bool_t leaves_no_lock(struct rttm_module *module, rt_thread_t thread)
{
    if (module->image == RT_NULL) /* its code is in the firmware, and calls the module ABI alone */
        return RT_TRUE;
    return !owns_mutex(module, thread) && is_between_changes(module, thread);
}

void rttm_let_out(const struct rttm_module *module, rt_thread_t thread)
{
    const struct rttm_module *other;

    RTTM_FOR_EACH_MODULE(other)
    {
        if (other == module || other->owner == module)
            rttm_return_to(thread, (rt_ubase_t)other->image, other->code_bytes, come_out);
    }
}

#else /* no module has code in C */

static rt_bool_t leaves_no_lock(struct rttm_module *module, rt_thread_t thread)
{
    (void)module;
    (void)thread;
    return RT_TRUE;
}

void rttm_let_out(const struct rttm_module *module, rt_thread_t thread)
{
    (void)module;
    (void)thread;
}

rt_bool_t rttm_goes_on_in_code_of(const struct rttm_module *module, rt_thread_t thread)
{
    (void)module;
    (void)thread;
    return RT_TRUE;
}

#endif

rt_bool_t rttm_may_be_stopped(struct rttm_module *module, rt_thread_t thread)
{
    return rttm_cancel_request(thread) && leaves_no_lock(module, thread);
}
