/* SPDX-License-Identifier: Apache-2.0 */
/* How the last modules have ended. */
#ifndef RTTM_LOG_H
#define RTTM_LOG_H

#include <rtthread.h>

#include "../contain/exit_cause.h"
#include "../port/groups.h"

/* The number of entries; 0: there is no log. */
#ifndef RTT_MOD_LOG_ENTRIES
#define RTT_MOD_LOG_ENTRIES 8
#endif

#if defined(RTT_MOD_USING_LOG) && RTT_MOD_LOG_ENTRIES > 0
#define RTTM_HAS_LOG
#endif

#ifdef RTTM_HAS_LOG

/* Adds the end of the module called `name`. From anywhere, with interrupts off. */
void rttm_log(const char *name, enum rttm_exit_cause cause, rt_int32_t code);

/* Adds that the file of a module called `name` was refused. */
void rttm_log_refusal(const char *name);

/* Prints the log, the oldest entry first. */
void rttm_log_print(void);

#else

rt_inline void rttm_log(const char *name, enum rttm_exit_cause cause, rt_int32_t code)
{
    (void)name;
    (void)cause;
    (void)code;
}

rt_inline void rttm_log_refusal(const char *name)
{
    (void)name;
}

#endif

#endif /* RTTM_LOG_H */
