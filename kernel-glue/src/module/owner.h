/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whose a thread is. Each kernel object knows its module; in a kernel without RT_USING_MODULE, none does. There the only
 * threads of a module are those that the glue has made, and the glue has their `user_data`; that of others is theirs.
 */
#ifndef RTTM_OWNER_H
#define RTTM_OWNER_H

#include <rtthread.h>

#include "../port/compat.h"
#include "kernel_module.h"
#include "main_thread.h"
#include "../abi/thread.h"

#ifdef RT_USING_MODULE

/* The module of `thread` as far as the kernel knows, or RT_NULL. */
rt_inline struct rt_dlmodule *rttm_owner_of(rt_thread_t thread)
{
    return rttm_thread_object(thread)->module_id;
}

rt_inline void rttm_set_owner(rt_thread_t thread, struct rt_dlmodule *module)
{
    rttm_thread_object(thread)->module_id = module;
}

/* Makes `object`, which is no thread, none of a module's. */
rt_inline void rttm_forget_owner(struct rt_object *object)
{
    object->module_id = RT_NULL;
}

#else

rt_inline rt_bool_t rttm_may_have_owner(rt_thread_t thread)
{
    return rttm_thread_is_main(thread) || rttm_thread_is_spawned(thread);
}

rt_inline struct rt_dlmodule *rttm_owner_of(rt_thread_t thread)
{
    return rttm_may_have_owner(thread) ? (struct rt_dlmodule *)thread->user_data : RT_NULL;
}

rt_inline void rttm_set_owner(rt_thread_t thread, struct rt_dlmodule *module)
{
    if (rttm_may_have_owner(thread))
        thread->user_data = (rt_ubase_t)module;
}

rt_inline void rttm_forget_owner(struct rt_object *object)
{
    (void)object;
}

#endif /* RT_USING_MODULE */

#endif /* RTTM_OWNER_H */
