/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * vexpress-a9: the board's part of rtconfig.h.
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

/* Not RT_USING_CPU_FFS: the port of Cortex-A has no __rt_ffs. */
#define ARCH_ARM
#define ARCH_ARM_CORTEX_A
#define ARCH_ARM_CORTEX_A9
#define RT_USING_CACHE

/* What Kconfig selects for this core in 5.x. */
#define ARCH_MM_MMU
#define RT_PAGE_MAX_ORDER 11
#define RT_USING_ADT
#define RT_USING_ADT_AVL
#define RT_USING_ADT_BITMAP
#define RT_USING_ADT_HASHMAP
#define RT_USING_ADT_REF
#define RT_USING_GIC
#define RT_USING_GIC_V2

#define RT_CONSOLE_DEVICE_NAME "uart0"

#define RT_USING_SDIO
#define RT_USING_BLK        /* what 5.2 has under its SD stack */
#define RT_MMCSD_STACK_SIZE 2048

#define BOARD_HEAP_BYTES (256u * 1024u)

#endif /* BOARD_CONFIG_H */
