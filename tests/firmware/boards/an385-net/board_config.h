/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * mps2-an385 with a network, QEMU's, in which the host is 10.0.2.2; and with ulog.
 */
#ifndef NETWORK_CONFIG_H
#define NETWORK_CONFIG_H

#include "../an385/board_config.h"

#define BOARD_NETWORK_IRQ 13u

/* For `cargo xtask size`, which measures what modules in memheaps cost. */
#define RT_USING_MEMHEAP

/* ---- sockets --------------------------------------------------------------------------------------------------- */

#define RT_USING_NETDEV
#define NETDEV_USING_AUTO_DEFAULT
#define NETDEV_IPV4 1
#define NETDEV_IPV6 0
#define RT_USING_SAL
#define SAL_USING_LWIP
#define SAL_USING_POSIX
#define SAL_SOCKETS_NUM 16
#define RT_USING_SYSTEM_WORKQUEUE
#define RT_SYSTEM_WORKQUEUE_STACKSIZE 2048
#define RT_SYSTEM_WORKQUEUE_PRIORITY  23

/* ---- lwIP ------------------------------------------------------------------------------------------------------ */

#define RT_USING_LWIP
#define RT_USING_LWIP212
#define RT_LWIP_ICMP
#define RT_LWIP_DNS
#define RT_LWIP_UDP
#define RT_LWIP_TCP
#define RT_LWIP_IPADDR              "10.0.2.15"
#define RT_LWIP_GWADDR              "10.0.2.2"
#define RT_LWIP_MSKADDR             "255.255.255.0"
#define RT_MEMP_NUM_NETCONN         8
#define RT_LWIP_PBUF_NUM            16
#define RT_LWIP_UDP_PCB_NUM         4
#define RT_LWIP_TCP_PCB_NUM         8
#define RT_LWIP_TCP_SEG_NUM         40
#define RT_LWIP_TCP_SND_BUF         8196
#define RT_LWIP_TCP_WND             8196
#define RT_LWIP_TCPTHREAD_PRIORITY  10
#define RT_LWIP_TCPTHREAD_MBOX_SIZE 8
#define RT_LWIP_TCPTHREAD_STACKSIZE 2048
#define RT_LWIP_ETHTHREAD_PRIORITY  12
#define RT_LWIP_ETHTHREAD_STACKSIZE 2048
#define RT_LWIP_ETHTHREAD_MBOX_SIZE 8
#define LWIP_NO_TX_THREAD
/* What is sent to the board's own address comes back. */
#define LWIP_NETIF_LOOPBACK 1

/* ---- log ------------------------------------------------------------------------------------------------------- */

#define RT_USING_ULOG
#define ULOG_OUTPUT_LVL    7
#define ULOG_LINE_BUF_SIZE 128
#define ULOG_OUTPUT_LEVEL
#define ULOG_OUTPUT_TAG
#define ULOG_BACKEND_USING_CONSOLE
#define ULOG_USING_FILTER

#endif /* NETWORK_CONFIG_H */
