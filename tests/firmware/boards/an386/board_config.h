/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * mps2-an386: the board's part of rtconfig.h, and where things are.
 */
#ifndef BOARD_CONFIG_H
#define BOARD_CONFIG_H

#define ARCH_ARM
#define ARCH_ARM_CORTEX_M
#define ARCH_ARM_CORTEX_M4
#define RT_USING_CPU_FFS

#define RT_CONSOLE_DEVICE_NAME "uart0"

#define BOARD_CLOCK_HZ   25000000u
#define BOARD_HEAP_BYTES (256u * 1024u)

/* The third SRAM, in which there are only the images of modules. */
#define RT_USING_MEMHEAP
#define RTT_MOD_MEMHEAP           "sram3"
#define BOARD_MODULE_HEAP_ADDRESS 0x20200000u
#define BOARD_MODULE_HEAP_BYTES   (8u * 1024u)
#define BOARD_TCM_ADDRESS         0x20210000u
#define BOARD_TCM_BYTES           (16u * 1024u)

/* The PSRAM, where QEMU puts the image of the card. */
#define BOARD_CARD_ADDRESS 0x21000000u
#define BOARD_CARD_BYTES   (16u * 1024u * 1024u)

#endif /* BOARD_CONFIG_H */
