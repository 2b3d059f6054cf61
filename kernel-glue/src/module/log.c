/* SPDX-License-Identifier: Apache-2.0 */
/* The log of how modules ended: a ring of the last entries. */
#include <rtthread.h>
#include <rthw.h>

#include "../port/clock.h"
#include "../port/compat.h"
#include "log.h"

#ifdef RTTM_HAS_LOG

struct entry
{
    rt_uint32_t seconds; /* since the kernel booted */
    rt_int32_t  code;
    rt_uint8_t  cause;
    char        name[RT_NAME_MAX];
};

/* Changed with interrupts off. */
static struct entry entries[RTT_MOD_LOG_ENTRIES];
static rt_uint32_t  entered; /* the number of all entries, which gives the place of the next one in the ring */

static const char *const words[] = {
    [RTTM_CAUSE_RETURN] = "returned",         [RTTM_CAUSE_EXIT] = "exited",
    [RTTM_CAUSE_PANIC] = "panicked",          [RTTM_CAUSE_FAULT] = "fault",
    [RTTM_CAUSE_OVERFLOW] = "stack overflow", [RTTM_CAUSE_KILL] = "killed",
    [RTTM_CAUSE_UNLOAD] = "unloaded",         [RTTM_CAUSE_INIT] = "init failed",
    [RTTM_CAUSE_REFUSAL] = "not loaded",
};

void rttm_log(const char *name, enum rttm_exit_cause cause, rt_int32_t code)
{
    struct entry *entry = &entries[entered++ % RTT_MOD_LOG_ENTRIES];

    entry->seconds = rttm_seconds();
    entry->code = code;
    entry->cause = (rt_uint8_t)cause;
    rt_strncpy(entry->name, name, RT_NAME_MAX);
}

void rttm_log_refusal(const char *name)
{
    rt_base_t level = rt_hw_interrupt_disable();

    rttm_log(name, RTTM_CAUSE_REFUSAL, 0);
    rt_hw_interrupt_enable(level);
}

static struct entry copy_entry(rt_uint32_t number)
{
    rt_base_t    level = rt_hw_interrupt_disable();
    struct entry entry = entries[number % RTT_MOD_LOG_ENTRIES];

    rt_hw_interrupt_enable(level);
    return entry;
}

static void print(const struct entry *entry)
{
    char time[RTTM_CLOCK_BYTES];

    rt_kprintf("%9s  %-*.*s %s", rttm_clock(entry->seconds, time), RT_NAME_MAX, RT_NAME_MAX, entry->name,
               words[entry->cause]);
    if (entry->cause != RTTM_CAUSE_REFUSAL)
        rt_kprintf(", exit code %s%u", rttm_sign(entry->code), rttm_magnitude(entry->code));
    rt_kprintf("\n");
}

void rttm_log_print(void)
{
    rt_uint32_t end = entered;
    rt_uint32_t number = end > RTT_MOD_LOG_ENTRIES ? end - RTT_MOD_LOG_ENTRIES : 0;

    for (; number != end; number++)
    {
        struct entry entry = copy_entry(number);

        print(&entry);
    }
}

#endif /* RTTM_HAS_LOG */
