/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_SYMBOLS_H
#define RTTM_SYMBOLS_H

#include "kernel_module.h"

/* Makes room for `count` functions that `module` exports, whose names have `name_bytes` with their NULs. */
rt_bool_t rttm_symbols_allocate(struct rt_dlmodule *module, rt_uint32_t count, rt_uint32_t name_bytes);

/* Adds one, for dlsym. What there is no room for is left out. */
void rttm_symbols_add(struct rt_dlmodule *module, const char *name, void *address);

/* Frees them, if they are in one block. */
void rttm_symbols_free(struct rt_dlmodule *module);

#endif /* RTTM_SYMBOLS_H */
