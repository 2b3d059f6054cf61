/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command `find_exports`, of the firmware for the tests of loads alone: looks for a hundred of the exports of
 * thousand_exports.c. It is run where each instruction takes a nanosecond.
 */
#include <stdint.h>

#include <rtthread.h>
#include <finsh.h>

/* The search of kernel-glue, and the kernel's own. */
uintptr_t   rttm_find_export(const char *name);
rt_uint32_t __real_dlmodule_symbol_find(const char *name);

static const char *const families[] = {
    "rt_thread", "rt_sem", "rt_device", "rt_pin", "rttm_file", "rttm_timer", "dfs_file", "lwip", "lv_obj", "sensor",
};

static rt_ubase_t stock(const char *name)
{
    return __real_dlmodule_symbol_find(name);
}

static rt_ubase_t ours(const char *name)
{
    return rttm_find_export(name);
}

static rt_ubase_t nothing(const char *name)
{
    return (rt_ubase_t)name;
}

/* Milliseconds for looking up a hundred imports so many times. */
static rt_tick_t milliseconds(rt_ubase_t (*find)(const char *name), int times)
{
    rt_tick_t start = rt_tick_get();
    char      name[24];
    int       i;

    for (i = 0; i < 10 * (int)(sizeof families / sizeof families[0]); i++)
    {
        int again;

        rt_snprintf(name, sizeof name, "%s_control_%d7", families[i % 10], i / 10);
        for (again = 0; again < times; again++)
        {
            if (find(name) == 0)
                rt_kprintf("%s is not found\n", name);
        }
    }
    return rt_tick_get() - start;
}

/* A millisecond is a million instructions. */
static unsigned instructions(rt_ubase_t (*find)(const char *name), int times)
{
    return (unsigned)((milliseconds(find, times) - milliseconds(nothing, times)) * (rt_tick_t)(1000000 / times));
}

static int find_exports(void)
{
    rt_kprintf("stock %u, ours %u instructions\n", instructions(stock, 20), instructions(ours, 500));
    return 0;
}
MSH_CMD_EXPORT(find_exports, count the instructions of looking up a hundred imports);
