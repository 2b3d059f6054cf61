/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the Cortex-M images of Arm's MPS2 board share: SysTick, UART0 as the console, a card in
 * memory, and what is connected to the FPGA's peripherals.
 */
#ifndef BOARD_H
#define BOARD_H

/* The UARTs, if the board's configuration does not say otherwise. */
#ifndef BOARD_UART0_ADDRESS
#define BOARD_UART0_ADDRESS 0x40004000u
#define BOARD_UART0_RX_IRQ  0u
#define BOARD_UART1_RX_IRQ  2u
#endif

/* Interrupt handlers, for the vector table. */
void board_tick_interrupt(void);
void board_console_interrupt(void);
void board_uart1_interrupt(void);
void board_network_interrupt(void);

#endif /* BOARD_H */
