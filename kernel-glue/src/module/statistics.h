/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Statistics of the loaded modules, for `mod` to show.
 *
 * The heap of a module is what it has allocated through the module ABI: blocks, handles with their kernel objects, threads
 * with their stacks. The bytes that were asked for are counted. The image is not part of it, and neither is what drivers,
 * the file system and C code allocate.
 */
#ifndef RTTM_STATISTICS_H
#define RTTM_STATISTICS_H

#include "record.h"

/* A copy, because the module may end before it is printed. */
struct rttm_module_statistics
{
    const struct rttm_module *module; /* only to be compared */
    char                      name[RT_NAME_MAX];
    const char               *state;
    rt_ubase_t                image; /* where address 0 of the program is */
    rt_uint32_t               image_bytes;
    rt_uint8_t                build_id[RTTM_BUILD_ID_BYTES];
    rt_uint32_t               heap_bytes;
    rt_uint32_t               heap_peak_bytes;
    rt_uint32_t               seconds; /* since it was loaded */
    int                       threads;
    int  fullest_percent; /* of the stack, of the thread that has used most of its own; -1: there are no threads */
    int  references;      /* how often the library is open, and how many upcalls are in the module */
    char description[48];
#ifdef RTTM_HAS_MEMHEAPS
    const char *memheap; /* which has the image, with RT_NAME_MAX characters at most; RT_NULL: the kernel's heap */
#endif
};

/* A thread of a module. */
struct rttm_thread_statistics
{
    char        name[RT_NAME_MAX];
    rt_uint8_t  priority;
    rt_uint32_t stack_bytes;
    rt_uint32_t used_bytes; /* of its stack, at most, since it began */
};

/* The statistics of the module at `position`, where the newest has 0. RT_FALSE after the last one. */
rt_bool_t rttm_module_statistics(int position, struct rttm_module_statistics *statistics);

/* The statistics of the thread of `module` at `position`. RT_FALSE after the last one, and if the module is gone. */
rt_bool_t rttm_thread_statistics(const struct rttm_module *module, int position,
                                 struct rttm_thread_statistics *statistics);

#endif /* RTTM_STATISTICS_H */
