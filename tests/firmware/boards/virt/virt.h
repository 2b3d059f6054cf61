/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt: what rtconfig.h has of it, whatever the width of the core, and where things are. Assembler code includes it too.
 */
#ifndef VIRT_H
#define VIRT_H

#define ARCH_RISCV

/* Debian's GCC for RISC-V comes without a C library. RT-Thread 5 has none, and is built with picolibc. */
#define BOARD_WITH_MINILIBC

#define RT_CONSOLE_DEVICE_NAME "uart0"

/* Of interrupts; RT-Thread's port knows it by this name. */
#define __STACKSIZE__ 4096

#define BOARD_UART0_ADDRESS  0x10000000
#define BOARD_UART0_IRQ      10
#define BOARD_UART0_CLOCK_HZ 3686400
#define BOARD_CLINT_ADDRESS  0x02000000
#define BOARD_TIMER_CLOCK_HZ 10000000

/* The interrupt controller, under the name that RT-Thread's header of it has. */
#define PLIC_BASE_ADDR 0x0C000000UL

#define BOARD_HEAP_BYTES (512 * 1024)

/* In the middle of the RAM, where QEMU puts the image of the card. */
#define BOARD_CARD_ADDRESS 0x84000000UL
#define BOARD_CARD_BYTES   (16 * 1024 * 1024)

#endif /* VIRT_H */
