/* SPDX-License-Identifier: Apache-2.0 */
/* Libraries that a program has in its memory. */
#include "../port/groups.h"
#if defined(RTT_MOD_USING_MEMORY) && defined(RTT_MOD_USING_LIBRARY)

#include <rtthread.h>
#include <rtm.h>

#include "../contain/stack_demand.h"
#include "../module/load.h"
#include "rtt_mod.h"

/* No name is longer: what is cut from it is not shown in any case. */
#define NAME_BYTES 32u

int32_t rttm_library_open_bytes(const void *bytes, uint32_t length, const char *name, uint32_t name_length,
                                struct rttm_library **library)
{
    char                     text[NAME_BYTES] = {0};
    const struct rttm_source source = {text, bytes, length};
    struct rttm_module      *module;

    if (!rttm_may_load_here(name, name_length))
        return RTTM_LIBRARY_REFUSED;
    rttm_stack_demand(RTTM_STACK_NEED_LIBRARY);
    rt_memcpy(text, name, name_length < NAME_BYTES ? name_length : NAME_BYTES - 1);
    if (rttm_load_from(&source, RTTM_USE_LIBRARY, &module) != RTTM_LOADED_TO_USE)
        return RTTM_LIBRARY_REFUSED;
    *library = (struct rttm_library *)module->kernel;
    return RTTM_LIBRARY_OPENED;
}
RTM_EXPORT(rttm_library_open_bytes)

#endif /* RTT_MOD_USING_MEMORY && RTT_MOD_USING_LIBRARY */
