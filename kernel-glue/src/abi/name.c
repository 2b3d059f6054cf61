/* SPDX-License-Identifier: Apache-2.0 */
/* Names of semaphores, mutexes, events, mailboxes and queues, which the shell lists. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_NAME

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
    struct named *named = handle;
    rt_size_t     length = rttm_name_length(name, name_length);

    rt_enter_critical();
    rt_memset(named->kernel.name, 0, RT_NAME_MAX);
    rt_memcpy(named->kernel.name, name, length);
    rt_exit_critical();
}
RTM_EXPORT(rttm_set_name)

#endif /* RTT_MOD_USING_NAME */
