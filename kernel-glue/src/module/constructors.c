/* SPDX-License-Identifier: Apache-2.0 */
/* Calls the constructors and destructors of a module. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_CONSTRUCTORS

#include <rtthread.h>
#include <rtm.h>

#include "constructors.h"
#include "upcall.h"

typedef void (*function)(void);

/* What a module that has any still has to be called for. */
struct rttm_construction
{
    struct rttm_functions constructors;
    struct rttm_functions destructors;
    rt_bool_t             is_constructed;
};

rt_bool_t rttm_constructors_keep(struct rttm_module *module, struct rttm_functions constructors,
                                 struct rttm_functions destructors)
{
    struct rttm_construction *kept;

    if ((constructors.count | destructors.count) == 0)
        return RT_TRUE;
    kept = rt_malloc(sizeof *kept);
    if (kept == RT_NULL)
        return RT_FALSE;
    *kept = (struct rttm_construction){constructors, destructors, RT_FALSE};
    module->construction = kept;
    return RT_TRUE;
}

void rttm_construct(struct rttm_module *module)
{
    struct rttm_construction *construction = module->construction;
    const function           *constructors;
    rt_uint32_t               i;

    if (construction == RT_NULL)
        return;
    constructors = (const function *)construction->constructors.first;
    for (i = 0; i < construction->constructors.count; i++)
        constructors[i]();
    construction->is_constructed = RT_TRUE;
}
RTM_EXPORT(rttm_construct) /* by this name `mkmod check` knows that the firmware calls constructors */

void rttm_destruct(struct rttm_module *module)
{
    struct rttm_construction *construction = module->construction;

    if (construction == RT_NULL || !construction->is_constructed)
        return;
    while (construction->destructors.count > 0)
        ((const function *)construction->destructors.first)[--construction->destructors.count]();
}

void rttm_destruct_at_exit(void)
{
    struct rttm_module *module = rttm_in_upcall() ? RT_NULL : rttm_current_module();

    if (module != RT_NULL && module->state == RTTM_STATE_RUNNING)
        rttm_destruct(module);
}

#endif /* RTT_MOD_USING_CONSTRUCTORS */
