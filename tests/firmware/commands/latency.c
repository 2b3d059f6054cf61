/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command `latency`, of the firmware for the tests of latency alone: prints for how long interrupts were off, and the
 * scheduler was locked, at most, by the address of the function that did it. `latency clear` begins anew.
 *
 * The time is in counts of the SysTick timer, without those of interrupts that come between, and of kernel functions that
 * lock the scheduler themselves. The calls of the kernel's functions that switch both off and on are replaced by those
 * below, in all other files.
 */
#include <string.h>

#include <rtthread.h>
#include <rthw.h>
#include <finsh.h>

#define RELOAD  (*(volatile rt_uint32_t *)0xE000E014u)
#define CURRENT (*(volatile rt_uint32_t *)0xE000E018u)

#define CALLERS_MAX 96

struct most
{
    rt_ubase_t  caller;
    rt_uint32_t counts;
};

/* A kind of section: what runs now, and the longest of each caller. */
struct sections
{
    rt_ubase_t  caller; /* 0: none runs */
    rt_uint32_t start;
    rt_uint32_t others;   /* before it */
    rt_uint32_t overhead; /* of an empty section */
    struct most longest[CALLERS_MAX];
};

static struct sections without_interrupts, without_switches;

/* A kernel of 64 KB of variables. */
volatile rt_uint8_t ballast[65536];

rt_base_t __wrap_rt_hw_interrupt_disable(void);
rt_base_t __real_rt_hw_interrupt_disable(void);
void      __wrap_rt_hw_interrupt_enable(rt_base_t level);
void      __real_rt_hw_interrupt_enable(rt_base_t level);
void      __wrap_rt_enter_critical(void);
void      __real_rt_enter_critical(void);
void      __wrap_rt_exit_critical(void);
void      __real_rt_exit_critical(void);
void      __wrap_rt_interrupt_enter(void);
void      __real_rt_interrupt_enter(void);
void      __wrap_rt_interrupt_leave(void);
void      __real_rt_interrupt_leave(void);
rt_err_t  __wrap_rt_thread_detach(rt_thread_t thread);
rt_err_t  __real_rt_thread_detach(rt_thread_t thread);
rt_err_t  __wrap_rt_thread_delete(rt_thread_t thread);
rt_err_t  __real_rt_thread_delete(rt_thread_t thread);

/* Counts of interrupts, of the functions below and of those that they call, which are no part of a section. */
static rt_uint32_t others;

/* When the interrupt began that runs now. */
static rt_uint32_t interrupt_start;

static rt_uint32_t counts_since(rt_uint32_t start)
{
    rt_uint32_t now = CURRENT;

    return start >= now ? start - now : start + RELOAD + 1 - now;
}

static void begin(struct sections *sections, void *caller)
{
    sections->caller = (rt_ubase_t)caller & ~1u;
    sections->others = others;
    sections->start = CURRENT;
}

static void end(struct sections *sections)
{
    rt_uint32_t begin = CURRENT;
    rt_uint32_t counts = counts_since(sections->start);
    rt_uint32_t not_its = sections->overhead + others - sections->others;
    int         i;

    counts = counts > not_its ? counts - not_its : 0;
    for (i = 0; i < CALLERS_MAX; i++)
    {
        struct most *most = &sections->longest[i];

        if (most->caller == 0)
            most->caller = sections->caller;
        if (most->caller != sections->caller)
            continue;
        if (most->counts < counts)
            most->counts = counts;
        break;
    }
    sections->caller = 0;
    others += counts_since(begin);
}

rt_base_t __wrap_rt_hw_interrupt_disable(void)
{
    rt_base_t level = __real_rt_hw_interrupt_disable();

    if (level == 0)
        begin(&without_interrupts, __builtin_return_address(0));
    return level;
}

void __wrap_rt_hw_interrupt_enable(rt_base_t level)
{
    if (level == 0 && without_interrupts.caller != 0)
        end(&without_interrupts);
    __real_rt_hw_interrupt_enable(level);
}

void __wrap_rt_enter_critical(void)
{
    __real_rt_enter_critical();
    if (rt_critical_level() == 1)
        begin(&without_switches, __builtin_return_address(0));
}

void __wrap_rt_exit_critical(void)
{
    if (rt_critical_level() == 1 && without_switches.caller != 0)
        end(&without_switches);
    __real_rt_exit_critical();
}

void __wrap_rt_interrupt_enter(void)
{
    if (rt_interrupt_get_nest() == 0)
        interrupt_start = CURRENT;
    __real_rt_interrupt_enter();
}

void __wrap_rt_interrupt_leave(void)
{
    __real_rt_interrupt_leave();
    if (rt_interrupt_get_nest() == 0)
        others += counts_since(interrupt_start);
}

/* From 5.1 on, the kernel locks the scheduler as long as it stops a thread, whoever asks for it. */
static rt_err_t stop(rt_err_t (*stops)(rt_thread_t thread), rt_thread_t thread)
{
    rt_uint32_t before = others;
    rt_uint32_t begin = CURRENT;
    rt_err_t    result = stops(thread);

    if (RTTHREAD_VERSION >= 50100)
        others = before + counts_since(begin); /* in place of what was added meanwhile */
    return result;
}

rt_err_t __wrap_rt_thread_detach(rt_thread_t thread)
{
    return stop(__real_rt_thread_detach, thread);
}

rt_err_t __wrap_rt_thread_delete(rt_thread_t thread)
{
    return stop(__real_rt_thread_delete, thread);
}

/* What the two functions themselves take. */
static rt_uint32_t overhead_of(struct sections *sections, void (*section)(void))
{
    memset(sections, 0, sizeof *sections);
    section();
    return sections->longest[0].counts;
}

static void disable_interrupts(void)
{
    __wrap_rt_hw_interrupt_enable(__wrap_rt_hw_interrupt_disable());
}

static void disable_switches(void)
{
    __wrap_rt_enter_critical();
    __wrap_rt_exit_critical();
}

static void clear(struct sections *sections, void (*section)(void))
{
    rt_uint32_t overhead = overhead_of(sections, section);

    memset(sections, 0, sizeof *sections);
    sections->overhead = overhead;
}

static void print(const char *what, const struct sections *sections)
{
    int i;

    for (i = 0; i < CALLERS_MAX && sections->longest[i].caller != 0; i++)
        rt_kprintf("%s 0x%08x %u\n", what, (unsigned)sections->longest[i].caller,
                   (unsigned)sections->longest[i].counts);
}

static int latency(int argc, char **argv)
{
    static struct sections copies[2]; /* to print takes such sections */

    if (argc > 1 && strcmp(argv[1], "clear") == 0)
    {
        ballast[0] = 1;
        clear(&without_switches, disable_switches);
        clear(&without_interrupts, disable_interrupts);
        return 0;
    }
    copies[0] = without_interrupts;
    copies[1] = without_switches;
    print("interrupts", &copies[0]);
    print("scheduler", &copies[1]);
    return 0;
}
MSH_CMD_EXPORT(latency, print for how long interrupts and scheduler were off);
