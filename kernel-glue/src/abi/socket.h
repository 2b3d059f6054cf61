/* SPDX-License-Identifier: Apache-2.0 */
/* Sockets, and what the files about them share. Where the kernel has no network, none of it is there. */
#ifndef RTTM_SOCKET_H
#define RTTM_SOCKET_H

#include "../port/groups.h"
#ifdef RTT_MOD_USING_NET

#include <rtthread.h>

#include <sys/socket.h>

#include "../module/resource.h"
#include "rtt_mod.h"

struct rttm_socket
{
    struct rttm_resource resource;
    int                  number; /* of the kernel's */
    uint32_t             kind;
    uint32_t             receive_milliseconds;
    uint32_t             send_milliseconds;
};

/* An address as the kernel's socket layer has it. */
union rttm_sockaddr
{
    struct sockaddr         any;
    struct sockaddr_storage storage;
#if NETDEV_IPV4
    struct sockaddr_in ip4;
#endif
#if NETDEV_IPV6
    struct sockaddr_in6 ip6;
#endif
};

/* The kernel's number of the family 4 or 6; AF_UNSPEC if it has no such. */
int rttm_family(uint32_t family);

/* Returns the length, or 0 if the kernel has no such addresses. */
socklen_t rttm_to_sockaddr(const struct rttm_address *address, union rttm_sockaddr *sockaddr);
void      rttm_from_sockaddr(const union rttm_sockaddr *sockaddr, struct rttm_address *address);

/* The result of a call of the socket layer: `value` if it is not negative, else that of the error. */
int32_t rttm_socket_result(int value);

/* Before a call whose error is asked for. */
void rttm_socket_forget_errors(void);

/* A resource for the socket `number` of the kernel's, which is closed if there is no memory for it. In a shelter. */
int32_t rttm_socket_adopt(int number, uint32_t kind, struct rttm_socket **socket);

#endif /* RTT_MOD_USING_NET */

#endif /* RTTM_SOCKET_H */
