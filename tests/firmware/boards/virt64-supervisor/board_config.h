/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt64-supervisor: the board's part of rtconfig.h. Assembler code includes it too.
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

#define ARCH_RISCV64
#define ARCH_CPU_64BIT
#define ARCH_MM_MMU
#define ENABLE_FPU
#define RISCV_S_MODE
#define RT_USING_CACHE
#define RT_USING_HW_ATOMIC
#define RT_PAGE_MAX_ORDER 11
#define RT_USING_ADT

#define RT_USING_MEMHEAP

/* Kconfig chooses it by the name of a BSP. */
#define RTT_MOD_PORT_OF_VIRT64

#include "../virt/virt.h"

#endif /* BOARD_CONFIG_H */
