/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * microbit: the board's part of rtconfig.h, and where things are.
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

#define ARCH_ARM
#define ARCH_ARM_CORTEX_M
#define ARCH_ARM_CORTEX_M0

#define BOARD_WITHOUT_MODULES
#define BOARD_WITHOUT_FILES
#define BOARD_WITH_LITTLE_RAM

#define RT_CONSOLE_DEVICE_NAME "uart0"

#define BOARD_CLOCK_HZ   16000000u
#define BOARD_HEAP_BYTES 9000u

#endif /* BOARD_CONFIG_H */
