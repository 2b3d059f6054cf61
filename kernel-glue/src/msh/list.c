/* SPDX-License-Identifier: Apache-2.0 */
/* `mod list`: a table of the loaded modules. */
#include <rtthread.h>

#include "../module/survey.h"
#include "../port/clock.h"
#include "subcommands.h"

/* A name is shorter by its NUL. */
#define NAME_COLUMNS (RT_NAME_MAX - 1)

/* What the other columns leave for the description. */
#define DESCRIPTION_COLUMNS (NAME_COLUMNS < 24 ? 24 - NAME_COLUMNS : 0)

static void print_row(const struct rttm_survey *survey)
{
    char stack[5] = "-";
    char time[RTTM_CLOCK_BYTES];

    if (survey->fullest_percent >= 0)
        rt_snprintf(stack, sizeof stack, "%d%%", survey->fullest_percent);
    rt_kprintf("%-*.*s %-8s %6u %6u %6u %3d %5s", NAME_COLUMNS, NAME_COLUMNS, survey->name, survey->state,
               (unsigned)survey->image_bytes, (unsigned)survey->figures.heap_bytes,
               (unsigned)survey->figures.heap_peak_bytes, survey->threads, stack);
    rt_kprintf(" %8s %4d %.*s\n", rttm_clock(survey->figures.seconds, time), survey->references, DESCRIPTION_COLUMNS,
               survey->description);
}

void rttm_list(void)
{
    struct rttm_survey survey;
    int                position;

    rt_kprintf("%-*s state     image   heap   peak thr stack   uptime refs\n", NAME_COLUMNS, "name");
    for (position = 0; rttm_survey(position, &survey); position++)
        print_row(&survey);
}
