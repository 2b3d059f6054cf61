/* SPDX-License-Identifier: Apache-2.0 */
/* Loads modules for a use. */
#ifndef RTTM_LOAD_H
#define RTTM_LOAD_H

#include "record.h"
#include "source.h"

/* What a module is loaded for. */
enum rttm_use
{
    RTTM_USE_LIBRARY,  /* to call its functions */
    RTTM_USE_PROGRAM,  /* to run its `main`; a resident module stays instead */
    RTTM_USE_RESIDENT, /* to stay */
};

/* The result of a load. A line is printed for NOT and TO_STAY. */
enum rttm_loaded
{
    RTTM_LOADED_NOT,     /* it is refused */
    RTTM_LOADED_TO_USE,  /* `*module` is set */
    RTTM_LOADED_TO_STAY, /* its `init` has been called; it may have ended already */
};

enum rttm_loaded rttm_load_from(const struct rttm_source *source, enum rttm_use use, struct rttm_module **module);

/* The same with the file at `path`. */
rt_inline enum rttm_loaded rttm_load(const char *path, enum rttm_use use, struct rttm_module **module)
{
    const struct rttm_source source = rttm_source_file(path);

    return rttm_load_from(&source, use, module);
}

/* Whether the caller may wait, as a load does. Otherwise a line says that `name` is not loaded. */
rt_bool_t rttm_may_load_here(const char *name, rt_uint32_t length);

#endif /* RTTM_LOAD_H */
