/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The Ethernet controller of the MPS2 board.
 */
#include <rthw.h>
#include <rtthread.h>

#include "board.h"
#include "lan9118.h"

#define LAN9118_ADDRESS 0x40200000u

#define NVIC_ENABLE (*(volatile rt_uint32_t *)0xE000E100u)

static struct lan9118 ethernet;

static int start_network(void)
{
    lan9118_register(&ethernet, "e0", LAN9118_ADDRESS);
    NVIC_ENABLE = 1u << BOARD_NETWORK_IRQ;
    return 0;
}
INIT_ENV_EXPORT(start_network);

void board_network_interrupt(void)
{
    rt_interrupt_enter();
    lan9118_interrupt(&ethernet);
    rt_interrupt_leave();
}
