/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A thousand more exports, with names as a kernel's, and the MSH command `find_exports` that looks for a hundred of them: of
 * the firmware for the tests of loads alone. It is run where each instruction takes a nanosecond.
 */
#include <stdint.h>

#include <rtthread.h>
#include <rtm.h>
#include <finsh.h>

/* The search of kernel-glue, and the kernel's own. */
uintptr_t   rttm_find_export(const char *name);
rt_uint32_t __real_dlmodule_symbol_find(const char *name);

/* The formatter does not know macros without a semicolon. */
/* clang-format off */
#define ONE(family, tens, ones)                                                                                  \
    static const struct rt_module_symtab export_##family##tens##ones __attribute__((section("RTMSymTab"), used)) = { \
        (void *)&rt_thread_delay, #family "_control_" #tens #ones};
#define TEN(family, tens)                                                                            \
    ONE(family, tens, 0) ONE(family, tens, 1) ONE(family, tens, 2) ONE(family, tens, 3) ONE(family, tens, 4) \
    ONE(family, tens, 5) ONE(family, tens, 6) ONE(family, tens, 7) ONE(family, tens, 8) ONE(family, tens, 9)
#define HUNDRED(family)                                                                       \
    TEN(family, 0) TEN(family, 1) TEN(family, 2) TEN(family, 3) TEN(family, 4) TEN(family, 5) \
    TEN(family, 6) TEN(family, 7) TEN(family, 8) TEN(family, 9)

HUNDRED(rt_thread) HUNDRED(rt_sem) HUNDRED(rt_device) HUNDRED(rt_pin) HUNDRED(rttm_file)
HUNDRED(rttm_timer) HUNDRED(dfs_file) HUNDRED(lwip) HUNDRED(lv_obj) HUNDRED(sensor)

static const char *const families[] = {
    "rt_thread", "rt_sem", "rt_device", "rt_pin", "rttm_file", "rttm_timer", "dfs_file", "lwip", "lv_obj", "sensor",
};
/* clang-format on */

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
