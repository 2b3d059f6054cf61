/* SPDX-License-Identifier: Apache-2.0 */
/* Loads modules for a use. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "app.h"
#include "figures.h"
#include "library.h"
#include "load.h"
#include "load_file.h"
#include "log.h"
#include "module.h"
#include "refuse.h"
#include "resident.h"
#include "../contain/shelter.h"
#include "short_name.h"

/* Why `module` is of no use for `use`, or RT_NULL. */
static const char *unsuitable(const struct rt_dlmodule *module, enum rttm_use use)
{
    if (module->ret_code == RTTM_ERROR_OUT_OF_MEMORY) /* from rtt_mod_abi_1 */
        return RTTM_APP_NOT_REMEMBERED;
    if (rttm_is_resident(module))
        return rttm_resident_unsuitable(module, use);
    if (use != RTTM_USE_LIBRARY && module->entry_addr == RT_NULL)
        return "has no main: it is a library, for dlopen";
    return use == RTTM_USE_RESIDENT ? "is a program: `mod run` runs it" : RT_NULL;
}

static enum rttm_loaded load(const char *path, enum rttm_use use, struct rt_dlmodule **module)
{
    struct rt_dlmodule *owner = use == RTTM_USE_LIBRARY ? rttm_module_of_thread(rt_thread_self()) : RT_NULL;
    char                name[RT_NAME_MAX];
    const char         *reason;

    rttm_short_name(path, name);
    *module = rttm_load_file(path, name);
    if (*module == RT_NULL)
    {
        rttm_log_refusal(name);
        return RTTM_LOADED_NOT;
    }
    rttm_library_enroll(*module, owner);
    reason = unsuitable(*module, use);
    if (reason != RT_NULL)
    {
        rttm_refuse(path, "%s", reason);
        rttm_log_refusal(name);
        dlmodule_destroy(*module);
        return RTTM_LOADED_NOT;
    }
    if (use == RTTM_USE_PROGRAM && !rttm_is_resident(*module))
        return RTTM_LOADED_TO_USE; /* once it has its main thread */
    rttm_figures_begin(*module);
    return use == RTTM_USE_LIBRARY ? RTTM_LOADED_TO_USE : rttm_resident_begin(path, name, *module);
}

enum rttm_loaded rttm_load(const char *path, enum rttm_use use, struct rt_dlmodule **module)
{
    struct rttm_shelter shelter;
    enum rttm_loaded    loaded;

    rttm_shelter_enter(&shelter); /* stopped in here, a module's thread would leave half a module */
    loaded = load(path, use, module);
    rttm_shelter_leave(&shelter);
    return loaded;
}

#endif /* RT_USING_MODULE */
