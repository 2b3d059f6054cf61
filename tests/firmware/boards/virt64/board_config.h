/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt64: the board's part of rtconfig.h. Assembler code includes it too.
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

#define ARCH_RISCV64
#define ARCH_CPU_64BIT

#define RT_USING_MEMHEAP

/* From RT-Thread 4.1 on, the glue can't know. */
#define RTT_MOD_PORT_OF_K210

#include "../virt/virt.h"

#endif /* BOARD_CONFIG_H */
