/* SPDX-License-Identifier: Apache-2.0 */
/*
 * `exit`, `abort` and failed assertions of modules in C: they end the module, where the C library's end the console or stop the
 * thread.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_C_MODULES

#include <rtthread.h>

#include "../contain/fault.h"
#include "../module/stand_in.h"
#include "rtt_mod.h"

/* Weak: a kernel that does not export them does not get them for this. */
extern void exit(int code) __attribute__((weak));
extern void abort(void) __attribute__((weak));

static void own_abort(void)
{
    rttm_exit(RTTM_EXIT_PANIC);
}

static const struct rttm_stand_in functions[] = {
    RTTM_STAND_IN(exit, rttm_exit),
    RTTM_STAND_IN(abort, own_abort),
#ifdef RTT_MOD_USING_FAULTS
    RTTM_STAND_IN(__real_rt_assert_handler, __wrap_rt_assert_handler),
#endif
};

static struct rttm_stand_ins stand_ins = {RT_NULL, functions, sizeof functions / sizeof *functions};

static int own_exit(void)
{
    rttm_stand_ins_add(&stand_ins);
    return 0;
}
INIT_COMPONENT_EXPORT(own_exit);

#endif /* RTT_MOD_USING_C_MODULES */
