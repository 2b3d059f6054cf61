/* SPDX-License-Identifier: Apache-2.0 */
/* Quarantines images that the kernel still points into, and prints where the pointer is. */
#include <rtthread.h>

#include "reclaim.h"

#ifdef RTT_MOD_USING_SCAN

static void report(const struct rttm_module *module, const struct rttm_pointer *pointer)
{
    char build_id[RTTM_BUILD_ID_TEXT_BYTES];

    rt_kprintf("%.*s: quarantined: %.*s+0x%x (at 0x%08x) points to its image+0x%x, build %s; see `mod unload`\n",
               RT_NAME_MAX, module->name, pointer->name_max, pointer->name,
               (unsigned)((rt_ubase_t)pointer->at - (rt_ubase_t)pointer->start), (unsigned)(rt_ubase_t)pointer->at,
               (unsigned)(*pointer->at - rttm_module_base(module)), rttm_build_id_text(module->build_id, build_id));
}

rt_bool_t rttm_quarantine(struct rttm_module *module)
{
    struct rttm_pointer pointer;

    if (module->image == RT_NULL || !rttm_scan_for_pointer(module->image, module->image_bytes, &pointer))
        return RT_FALSE;
    report(module, &pointer);
    rttm_module_set_owner(module, RT_NULL); /* it no longer ends with the module that has closed it */
    rttm_module_set_state(module, RTTM_STATE_QUARANTINED);
    return RT_TRUE;
}

#endif
