/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt64-supervisor: what RT-Thread's port asks of a board.
 */
#ifndef BOARD_H
#define BOARD_H

#include <rtconfig.h>

/* From the linker script. */
extern unsigned int __bss_start;
extern unsigned int __bss_end;

#endif /* BOARD_H */
