/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of semaphores, mutexes, events, mailboxes, queues and memory pools. The kernel keeps the objects of a module in a list
 * of the module, which the shell does not show; one with a name goes to the kernel's own.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_NAME

#include <rthw.h>
#include <rtthread.h>
#include <rtm.h>

#include "../module/resource.h"
#include "../module/short_name.h"
#include "rtt_mod.h"

/* How each of these handles begins: `struct rttm_semaphore` and the others. */
struct named
{
    struct rttm_resource resource;
    struct rt_object     kernel;
};

void rttm_set_name(void *handle, const char *name, uint32_t name_length)
{
    struct rt_object *object = &((struct named *)handle)->kernel;
    rt_size_t         length = rttm_name_length(name, name_length);
    rt_base_t         level = rt_hw_interrupt_disable();

    rt_memset(object->name, 0, RT_NAME_MAX);
    rt_memcpy(object->name, name, length);
    rt_list_remove(&object->list);
    rt_list_insert_after(&rt_object_get_information(rt_object_get_type(object))->object_list, &object->list);
    rt_hw_interrupt_enable(level);
}
RTM_EXPORT(rttm_set_name)

#endif /* RTT_MOD_USING_NAME */
