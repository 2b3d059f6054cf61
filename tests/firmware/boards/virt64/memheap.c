/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt64: a memheap for the images of modules that name it. It is a variable, as in a firmware whose linker script places it.
 */
#include <rtthread.h>

static rt_uint64_t       pool[16 * 1024 / sizeof(rt_uint64_t)];
static struct rt_memheap tightly_coupled;

static int make_memheap(void)
{
    return (int)rt_memheap_init(&tightly_coupled, "tcm", pool, sizeof pool);
}
INIT_BOARD_EXPORT(make_memheap);
