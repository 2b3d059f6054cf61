/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Finds what the kernel exports, fast.
 *
 * The kernel's table has the order in which the linker found the entries, and dlmodule walks it for each relocation. Here
 * the numbers of the entries are sorted by name when the kernel boots, which takes two bytes of heap for each. The kernel's
 * own loader is faster too, since `dlmodule_symbol_find` is linked with `-Wl,--wrap=dlmodule_symbol_find`.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_LOOKUP

#include <string.h>

#include <rtthread.h>
#include <rtm.h>

#include "loading.h"

/* The kernel's table, from the linker script. */
extern const struct rt_module_symtab __rtmsymtab_start[], __rtmsymtab_end[];

#define FIRST __rtmsymtab_start
#define COUNT ((rt_uint32_t)(__rtmsymtab_end - __rtmsymtab_start))

/* The linker replaces calls of dlmodule_symbol_find in other files by this. */
rt_ubase_t __wrap_dlmodule_symbol_find(const char *name);

/* Numbers of entries, in the order of their names; RT_NULL without memory for that. */
static rt_uint16_t *sorted;

/* Whether entry `a` comes before entry `b`. Of two with one name the kernel takes the first. */
static rt_bool_t is_before(rt_uint16_t a, rt_uint16_t b)
{
    int order = strcmp(FIRST[a].name, FIRST[b].name);

    return order != 0 ? order < 0 : a < b;
}

static void insert(rt_uint32_t at, rt_uint32_t gap)
{
    rt_uint16_t entry = sorted[at];

    for (; at >= gap && is_before(entry, sorted[at - gap]); at -= gap)
        sorted[at] = sorted[at - gap];
    sorted[at] = entry;
}

/* Shellsort needs no stack and little code. */
static int sort_exports(void)
{
    rt_uint32_t gap, i;

    if (COUNT > RT_UINT16_MAX)
        return 0;
    sorted = rt_malloc(COUNT * sizeof *sorted);
    if (sorted == RT_NULL)
        return 0;
    for (i = 0; i < COUNT; i++)
        sorted[i] = (rt_uint16_t)i;
    for (gap = COUNT / 2; gap > 0; gap = gap > 2 ? gap * 5 / 11 : gap / 2)
    {
        for (i = gap; i < COUNT; i++)
            insert(i, gap);
    }
    return 0;
}
INIT_COMPONENT_EXPORT(sort_exports);

static uintptr_t find_in_order(const char *name)
{
    rt_uint32_t low = 0;
    rt_uint32_t high = COUNT;

    while (low < high)
    {
        rt_uint32_t middle = (low + high) / 2;

        if (strcmp(FIRST[sorted[middle]].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COUNT && strcmp(FIRST[sorted[low]].name, name) == 0 ? (uintptr_t)FIRST[sorted[low]].addr : 0;
}

uintptr_t rttm_find_export(const char *name)
{
    rt_uint32_t i;

    if (sorted != RT_NULL)
        return find_in_order(name);
    for (i = 0; i < COUNT; i++)
    {
        if (strcmp(FIRST[i].name, name) == 0)
            return (uintptr_t)FIRST[i].addr;
    }
    return 0;
}

rt_ubase_t __wrap_dlmodule_symbol_find(const char *name)
{
    return rttm_find_export(name);
}

#endif /* RTT_MOD_USING_LOOKUP */
