/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the Cortex-M images of Arm's MPS2 board share: SysTick, UART0 as the console, a card in
 * memory, and what is connected to the FPGA's peripherals.
 */
#ifndef BOARD_H
#define BOARD_H

/* Interrupt handlers, for the vector table. */
void board_tick_interrupt(void);
void board_console_interrupt(void);
void board_uart1_interrupt(void);

#endif /* BOARD_H */
