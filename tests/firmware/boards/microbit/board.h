/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * microbit: the interrupts of the vector table.
 */
#ifndef BOARD_H
#define BOARD_H

#define BOARD_UART0_ADDRESS 0x40002000u
#define BOARD_UART0_RX_IRQ  2

void board_tick_interrupt(void);
void board_console_interrupt(void);

#endif /* BOARD_H */
