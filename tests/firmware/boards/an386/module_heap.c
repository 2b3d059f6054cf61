/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * mps2-an386: the heap for the images of modules, and another one for those that name it.
 */
#include <rtthread.h>

static struct rt_memheap module_heap, tightly_coupled;

static int make_module_heaps(void)
{
    rt_memheap_init(&module_heap, RTT_MOD_MEMHEAP, (void *)BOARD_MODULE_HEAP_ADDRESS, BOARD_MODULE_HEAP_BYTES);
    rt_memheap_init(&tightly_coupled, "tcm", (void *)BOARD_TCM_ADDRESS, BOARD_TCM_BYTES);
    return RT_EOK;
}
INIT_BOARD_EXPORT(make_module_heaps);
