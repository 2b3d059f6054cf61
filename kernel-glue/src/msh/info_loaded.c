/* SPDX-License-Identifier: Apache-2.0 */
/* `mod info` of a loaded module: its memory and its threads. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_INFO

#include <rtthread.h>

#include "../module/statistics.h"
#include "../port/clock.h"
#include "subcommands.h"

static void print_threads(const struct rttm_module *module)
{
    struct rttm_thread_statistics thread;
    int                           position;

    for (position = 0; rttm_thread_statistics(module, position, &thread); position++)
        rt_kprintf("  thread %.*s: priority %u, stack %u of %u bytes\n", RT_NAME_MAX, thread.name,
                   (unsigned)thread.priority, (unsigned)thread.used_bytes, (unsigned)thread.stack_bytes);
}

static void print_memory(const struct rttm_module_statistics *statistics)
{
#ifdef RTTM_HAS_MEMHEAPS
    if (statistics->memheap != RT_NULL)
        rt_kprintf("  memheap: %.*s\n", RT_NAME_MAX, statistics->memheap);
#else
    (void)statistics;
#endif
}

static void print_module(const struct rttm_module_statistics *statistics)
{
    char time[RTTM_CLOCK_BYTES];
    char build_id[RTTM_BUILD_ID_TEXT_BYTES];

    rt_kprintf("%.*s: %s for %s%s%s\n", RT_NAME_MAX, statistics->name, statistics->state,
               rttm_clock(statistics->seconds, time), statistics->description[0] != '\0' ? ", " : "",
               statistics->description);
    rt_kprintf("  image: %u bytes at 0x%08lx, build %s\n", (unsigned)statistics->image_bytes, statistics->image,
               rttm_build_id_text(statistics->build_id, build_id));
    print_memory(statistics);
    rt_kprintf("  heap: %u bytes, %u at most\n", (unsigned)statistics->heap_bytes,
               (unsigned)statistics->heap_peak_bytes);
    rt_kprintf("  references: %d\n", statistics->references);
    print_threads(statistics->module);
}

rt_bool_t rttm_info_of_loaded(const char *name)
{
    struct rttm_module_statistics statistics;
    rt_bool_t                     found = RT_FALSE;
    int                           position;

    for (position = 0; rttm_module_statistics(position, &statistics); position++)
    {
        if (rt_strncmp(statistics.name, name, RT_NAME_MAX) != 0)
            continue;
        found = RT_TRUE;
        print_module(&statistics);
    }
    return found;
}

#endif /* RTT_MOD_USING_INFO */
