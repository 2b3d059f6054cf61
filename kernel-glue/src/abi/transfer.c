/* SPDX-License-Identifier: Apache-2.0 */
/* Calls of the kernel's drivers: begin and end of a call, and the search for a device by name. */
#include <rtthread.h>

#include "../contain/stack_demand.h"
#include "transfer.h"

int32_t rttm_transfer_begin(struct rttm_cancel_scope *scope)
{
    /* Not rttm_wait_begin: a thread that is woken in a driver would go on there as if its wait had succeeded. */
    int32_t result = rttm_may_wait();

    if (result == RTTM_OK)
        rttm_cancel_disable(scope);
    return result;
}

void rttm_transfer_end(struct rttm_cancel_scope *scope)
{
    rttm_cancel_enable(scope);
}

rt_device_t rttm_find_device(const char *name, uint32_t name_length)
{
    char text[RT_NAME_MAX + 1] = {0};

    if (name_length == 0 || name_length > RT_NAME_MAX)
        return RT_NULL;
    rttm_stack_demand(RTTM_STACK_NEED_NEW);
    rt_memcpy(text, name, name_length);
    return rt_device_find(text);
}
