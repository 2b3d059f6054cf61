/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_LOAD_H
#define RTTM_LOAD_H

#include <dlmodule.h>

/* What a module is loaded for. */
enum rttm_use
{
    RTTM_USE_LIBRARY, /* to call its functions */
    RTTM_USE_PROGRAM, /* to run its `main` */
};

/* Loads the module at `path`. RT_NULL when it is refused: the console then has a line with the path and the cause. */
struct rt_dlmodule *rttm_load(const char *path, enum rttm_use use);

#endif /* RTTM_LOAD_H */
