/* SPDX-License-Identifier: Apache-2.0 */
/* Finds the stand-in of a function. */
#include "stand_in.h"

static struct rttm_stand_ins *all;

void rttm_stand_ins_add(struct rttm_stand_ins *stand_ins)
{
    stand_ins->next = all;
    all = stand_ins;
}

uintptr_t rttm_stand_in_for(uintptr_t address)
{
    const struct rttm_stand_ins *stand_ins;
    rt_uint32_t                  i;

    if (address == 0) /* the kernel exports no such function, and one of them may be missing from it */
        return 0;
    for (stand_ins = all; stand_ins != RT_NULL; stand_ins = stand_ins->next)
    {
        for (i = 0; i < stand_ins->count; i++)
        {
            if ((uintptr_t)stand_ins->first[i].kernels == address)
                return (uintptr_t)stand_ins->first[i].ours;
        }
    }
    return address;
}
