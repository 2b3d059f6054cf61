/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statistics of the loaded modules, for `mod` to show.
 *
 * A module's heap is what it has through the module ABI: blocks, handles with their kernel objects, its threads with their
 * stacks; of each, the bytes that were asked for. The image stands by itself. What drivers, the file system and code in C
 * allocate is not known.
 */
#ifndef RTTM_STATISTICS_H
#define RTTM_STATISTICS_H

#include "record.h"

/* A copy, since the module may be gone by the time that it is printed. */
struct rttm_module_statistics
{
    const struct rttm_module *module; /* only to be compared */
    char                      name[RT_NAME_MAX];
    const char               *state;
    const void               *image;
    rt_uint32_t               image_bytes;
    rt_uint32_t               heap_bytes;
    rt_uint32_t               heap_peak_bytes;
    rt_uint32_t               seconds; /* since it was loaded */
    int                       threads;
    int  fullest_percent; /* of its stack, of the thread that has used most; -1: there are no threads */
    int  references;      /* how many have the library open, and how many call the module's functions now */
    char description[48];
};

/* A thread of a module. */
struct rttm_thread_statistics
{
    char        name[RT_NAME_MAX];
    rt_uint8_t  priority;
    rt_uint32_t stack_bytes;
    rt_uint32_t used_bytes; /* of its stack, at most, since it began */
};

/* Those of the module at `position`: the newest has 0. RT_FALSE behind the last one. */
rt_bool_t rttm_module_statistics(int position, struct rttm_module_statistics *statistics);

/* Those of the thread of `module` at `position`. RT_FALSE behind the last one, and when the module is gone. */
rt_bool_t rttm_thread_statistics(const struct rttm_module *module, int position,
                                 struct rttm_thread_statistics *statistics);

#endif /* RTTM_STATISTICS_H */
