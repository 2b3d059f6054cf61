/* SPDX-License-Identifier: Apache-2.0 */
/* `exit` for modules in C: it ends the module with that code, where the C library's would end the console. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_C_MODULES

#include <rtthread.h>

#include "../module/stand_in.h"
#include "rtt_mod.h"

/* Weak: a kernel that does not export it does not get it for this. */
extern void exit(int code) __attribute__((weak));

static const struct rttm_stand_in functions[] = {
    RTTM_STAND_IN(exit, rttm_exit),
};

static struct rttm_stand_ins stand_ins = {RT_NULL, functions, sizeof functions / sizeof *functions};

static int own_exit(void)
{
    rttm_stand_ins_add(&stand_ins);
    return 0;
}
INIT_COMPONENT_EXPORT(own_exit);

#endif /* RTT_MOD_USING_C_MODULES */
