/* SPDX-License-Identifier: Apache-2.0 */
/* What the kernel knows of a loaded module, for `mod` to show. */
#ifndef RTTM_SURVEY_H
#define RTTM_SURVEY_H

#include "figures.h"
#include "kernel_module.h"

/* A copy, since the module may be gone by the time that it is printed. */
struct rttm_survey
{
    const struct rt_dlmodule *module; /* only to be compared */
    char                      name[RT_NAME_MAX];
    const char               *state;
    const void               *image;
    rt_uint32_t               image_bytes;
    struct rttm_figures       figures;
    int                       threads;
    int                       fullest_percent; /* of its stack, of the thread that has used most; -1: there are no threads */
    int                       references;      /* who has the library open, or calls the module's functions now */
    char                      description[48];
};

/* A thread of a module. */
struct rttm_thread_survey
{
    char        name[RT_NAME_MAX];
    rt_uint8_t  priority;
    rt_uint32_t stack_bytes;
    rt_uint32_t used_bytes; /* of its stack, at most, since it began */
};

/* The module at `position`: the newest has 0. RT_FALSE behind the last one. */
rt_bool_t rttm_survey(int position, struct rttm_survey *survey);

/* The thread of `module` at `position`. RT_FALSE behind the last one, and when the module is gone. */
rt_bool_t rttm_survey_thread(const struct rt_dlmodule *module, int position, struct rttm_thread_survey *survey);

#endif /* RTTM_SURVEY_H */
