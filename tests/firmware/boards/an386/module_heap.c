/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * mps2-an386: the heap for the images of modules.
 */
#include <rtthread.h>

static struct rt_memheap module_heap;

static int make_module_heap(void)
{
    return (int)rt_memheap_init(&module_heap, RTT_MOD_MEMHEAP, (void *)BOARD_MODULE_HEAP_ADDRESS,
                                BOARD_MODULE_HEAP_BYTES);
}
INIT_BOARD_EXPORT(make_module_heap);
