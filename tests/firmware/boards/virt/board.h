/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt: what the trap handler hands on.
 */
#ifndef BOARD_H
#define BOARD_H

void board_tick_interrupt(void);
void board_console_interrupt(void);

#endif /* BOARD_H */
