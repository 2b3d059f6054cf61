/* SPDX-License-Identifier: Apache-2.0 */
/* `mod list`: a table of the loaded modules. */
#include <rtthread.h>

#include "../module/statistics.h"
#include "../port/clock.h"
#include "subcommands.h"

/* The longest name, without its NUL. */
#define NAME_COLUMNS (RT_NAME_MAX - 1)

/* The columns that are left for the description. */
#define DESCRIPTION_COLUMNS (NAME_COLUMNS < 24 ? 24 - NAME_COLUMNS : 0)

/* The width of a column with `text` in it. 5.x cuts a text that is longer than its column. */
static int columns_for(const char *text, int least)
{
    int columns = (int)rt_strlen(text);

    return columns > least ? columns : least;
}

/* In front of the description. */
static void print_memheap(const struct rttm_module_statistics *statistics)
{
#ifdef RTTM_HAS_MEMHEAPS
    if (statistics->memheap != RT_NULL)
        rt_kprintf("[%.*s] ", RT_NAME_MAX, statistics->memheap);
#else
    (void)statistics;
#endif
}

static void print_row(const struct rttm_module_statistics *statistics)
{
    char        stack[5] = "-";
    char        clock[RTTM_CLOCK_BYTES];
    const char *time = rttm_clock(statistics->seconds, clock);

    if (statistics->fullest_percent >= 0)
        rt_snprintf(stack, sizeof stack, "%d%%", statistics->fullest_percent);
    rt_kprintf("%-*.*s %-*s %6u %6u %6u %3d %5s", NAME_COLUMNS, NAME_COLUMNS, statistics->name,
               columns_for(statistics->state, 8), statistics->state, (unsigned)statistics->image_bytes,
               (unsigned)statistics->heap_bytes, (unsigned)statistics->heap_peak_bytes, statistics->threads, stack);
    rt_kprintf(" %*s %4d ", columns_for(time, 8), time, statistics->references);
    print_memheap(statistics);
    rt_kprintf("%.*s\n", DESCRIPTION_COLUMNS, statistics->description);
}

void rttm_list(void)
{
    struct rttm_module_statistics statistics;
    int                           position;

    rt_kprintf("%-*s state     image   heap   peak thr stack   uptime refs\n", NAME_COLUMNS, "name");
    for (position = 0; rttm_module_statistics(position, &statistics); position++)
        print_row(&statistics);
}
