/* SPDX-License-Identifier: Apache-2.0 */
/* `mod info` of a loaded module: its memory and its threads. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_INFO

#include <rtthread.h>

#include "../module/survey.h"
#include "../port/clock.h"
#include "subcommands.h"

static void print_threads(const struct rt_dlmodule *module)
{
    struct rttm_thread_survey thread;
    int                       position;

    for (position = 0; rttm_survey_thread(module, position, &thread); position++)
        rt_kprintf("  thread %.*s: priority %u, stack %u of %u bytes\n", RT_NAME_MAX, thread.name,
                   (unsigned)thread.priority, (unsigned)thread.used_bytes, (unsigned)thread.stack_bytes);
}

static void print_module(const struct rttm_survey *survey)
{
    const struct rttm_figures *figures = &survey->figures;
    char                       time[RTTM_CLOCK_BYTES];

    rt_kprintf("%.*s: %s for %s%s%s\n", RT_NAME_MAX, survey->name, survey->state, rttm_clock(figures->seconds, time),
               survey->description[0] != '\0' ? ", " : "", survey->description);
    rt_kprintf("  image: %u bytes at %p\n", (unsigned)survey->image_bytes, survey->image);
    rt_kprintf("  heap: %u bytes, %u at most\n", (unsigned)figures->heap_bytes, (unsigned)figures->heap_peak_bytes);
    rt_kprintf("  references: %d\n", survey->references);
    print_threads(survey->module);
}

rt_bool_t rttm_info_of_loaded(const char *name)
{
    struct rttm_survey survey;
    rt_bool_t          found = RT_FALSE;
    int                position;

    for (position = 0; rttm_survey(position, &survey); position++)
    {
        if (rt_strncmp(survey.name, name, RT_NAME_MAX) != 0)
            continue;
        found = RT_TRUE;
        print_module(&survey);
    }
    return found;
}

#endif /* RTT_MOD_USING_INFO */
