/* SPDX-License-Identifier: Apache-2.0 */
/* A thousand more exports, with names as a kernel's, of the firmware for the tests of loads alone. */
#include <rtthread.h>
#include <rtm.h>

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
    /* clang-format on */
