/* SPDX-License-Identifier: Apache-2.0 */
/* From a file, or from bytes in memory, to a module that can run. */
#ifndef RTTM_LOAD_FILE_H
#define RTTM_LOAD_FILE_H

#include "record.h"
#include "source.h"

/*
 * Loads `source` as a module called `name`, and calls its `module_init`. RT_NULL when it is refused: the console then has a
 * line for each error.
 */
struct rttm_module *rttm_load_source(const struct rttm_source *source, const char *name);

/*
 * Calls the `module_init` of `module`, if it has one. `uses_abi`: by its note, it is a module of the ABI. RT_FALSE if the
 * module has ended, which is printed (module_init.c).
 */
rt_bool_t rttm_initialize(const char *path, struct rttm_module *module, rt_bool_t uses_abi);

/* Whether the file at `path` would load now. If not, the console has a line for each error. */
rt_bool_t rttm_check_file(const char *path);

#endif /* RTTM_LOAD_FILE_H */
