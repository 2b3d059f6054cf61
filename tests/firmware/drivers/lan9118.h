/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * SMSC's LAN9118, an Ethernet controller, as a network device of RT-Thread's.
 */
#ifndef LAN9118_H
#define LAN9118_H

#include <rtthread.h>
#include <netif/ethernetif.h>

struct lan9118
{
    struct eth_device device;
    rt_uint32_t       address;
};

/* Registers the controller at `address` as `name`, and starts it. Its interrupt is the board's to enable. */
rt_err_t lan9118_register(struct lan9118 *ethernet, const char *name, rt_uint32_t address);

/* The controller's interrupt handler. */
void lan9118_interrupt(struct lan9118 *ethernet);

#endif /* LAN9118_H */
