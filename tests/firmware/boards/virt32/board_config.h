/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt32: the board's part of rtconfig.h. Assembler code includes it too.
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

#define ARCH_RISCV32

#include "../virt/virt.h"

#endif /* BOARD_CONFIG_H */
