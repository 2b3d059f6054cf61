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

#include "../virt/virt.h"

#endif /* BOARD_CONFIG_H */
