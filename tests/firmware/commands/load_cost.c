/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The MSH command `load_cost`, of the firmware for the measurement of loads alone: prints the instructions that the load of
 * a module takes, the sectors that it reads from the card, and the heap that is in use at most meanwhile. With `read` it
 * reads the file once instead, 512 bytes at a time: no load can take less.
 *
 * It loads by `dlmodule_load`: with kernel-glue that is the glue's loader, without it the kernel's own.
 */
#include <string.h>

#include <rtthread.h>
#include <finsh.h>
#include <dlfcn.h>
#include <dlmodule.h>

#include "commands/kernel.h"

/* The SysTick counts down, 25,000 times a millisecond; where an instruction takes a nanosecond, 40 of them in a step. */
#define RELOAD                (*(volatile rt_uint32_t *)0xE000E014u)
#define COUNTER               (*(volatile rt_uint32_t *)0xE000E018u)
#define INSTRUCTIONS_PER_STEP 40u

typedef rt_size_t reader(rt_device_t device, rt_off_t first, void *buffer, rt_size_t count);

struct cost
{
    rt_uint32_t steps;
    rt_uint32_t sectors;
    rt_uint32_t heap_bytes;
};

static rt_device_t card;
static reader     *read_card;
static struct cost cost;
static rt_uint32_t used_before;

static rt_size_t count_sectors(rt_device_t device, rt_off_t first, void *buffer, rt_size_t count)
{
    cost.sectors += count;
    return read_card(device, first, buffer, count);
}

static void count_bytes(void *block, rt_size_t size)
{
    rt_uint32_t used = used_bytes() - used_before;

    (void)block;
    (void)size;
    if (used > cost.heap_bytes)
        cost.heap_bytes = used;
}

static rt_uint32_t now(void)
{
    return rt_tick_get() * (RELOAD + 1u) + RELOAD - COUNTER;
}

/* Whether the module was loaded. `*module` is to be closed. */
static rt_bool_t load(const char *path, struct rt_dlmodule **module)
{
    *module = dlmodule_load(path);
    return *module != RT_NULL;
}

static rt_bool_t read_once(const char *path)
{
    static char piece[512];
    int         fd = open(path, O_RDONLY, 0);
    int         length;

    if (fd < 0)
        return RT_FALSE;
    do
        length = read(fd, piece, sizeof piece);
    while (length == (int)sizeof piece);
    close(fd);
    return length >= 0;
}

static rt_bool_t work(const char *path, rt_bool_t is_load)
{
    struct rt_dlmodule *module = RT_NULL;
    rt_bool_t           is_done = is_load ? load(path, &module) : read_once(path);

    if (module != RT_NULL)
        dlclose(module);
    return is_done;
}

/* The instructions alone: the hooks of the other figures would be counted. */
static rt_bool_t count_instructions(const char *path, rt_bool_t is_load)
{
    struct rt_dlmodule *module = RT_NULL;
    rt_uint32_t         start;
    rt_bool_t           is_done;

    rt_thread_delay(1); /* from the beginning of a tick on */
    start = now();
    is_done = is_load ? load(path, &module) : read_once(path);
    cost.steps = now() - start;
    if (module != RT_NULL)
        dlclose(module);
    return is_done;
}

static rt_bool_t count_others(const char *path, rt_bool_t is_load)
{
    rt_bool_t is_done;

    read_card = card->read;
    card->read = count_sectors;
    used_before = used_bytes();
    rt_malloc_sethook(count_bytes);
    is_done = work(path, is_load);
    rt_malloc_sethook(RT_NULL);
    card->read = read_card;
    return is_done;
}

static int load_cost(int argc, char **argv)
{
    rt_bool_t is_load = argc == 2;

    card = rt_device_find("sd0");
    if (argc < 2 || card == RT_NULL)
        return -1;
    cost = (struct cost){.steps = 0};
    /* What the file system keeps from its first file on, it has after the first time. */
    if (work(argv[1], is_load) && count_instructions(argv[1], is_load) && count_others(argv[1], is_load))
        rt_kprintf("costs %u instructions, %u sectors, %u bytes\n", (unsigned)(cost.steps * INSTRUCTIONS_PER_STEP),
                   (unsigned)cost.sectors, (unsigned)cost.heap_bytes);
    return 0;
}
MSH_CMD_EXPORT(load_cost, count what the load of a module costs);
