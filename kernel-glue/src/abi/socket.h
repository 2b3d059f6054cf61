/* SPDX-License-Identifier: Apache-2.0 */
/* What the files about sockets share. Empty if the kernel has no network. */
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
    int                  number; /* of the kernel's socket */
    uint32_t             kind;
    uint32_t             receive_milliseconds;
    uint32_t             send_milliseconds;
};

/* An address in the form of the kernel's socket layer. */
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

/* The kernel's number for the family 4 or 6, or AF_UNSPEC if the kernel does not have the family. */
int rttm_family(uint32_t family);

/* Converts an address, and returns its length, or 0 if the kernel does not have its family. */
socklen_t rttm_to_sockaddr(const struct rttm_address *address, union rttm_sockaddr *sockaddr);
void      rttm_from_sockaddr(const union rttm_sockaddr *sockaddr, struct rttm_address *address);

/* The result of the ABI for the return value of a socket call: `value`, or the error if `value` is negative. */
int32_t rttm_socket_result(int value);

/* Clears the error numbers. Call it before a call whose error matters. */
void rttm_socket_forget_errors(void);

/* A resource for the socket `number` of the kernel's, which is closed if there is no memory for it. With cancellation disabled. */
int32_t rttm_socket_adopt(int number, uint32_t kind, struct rttm_socket **socket);

#endif /* RTT_MOD_USING_NET */

#endif /* RTTM_SOCKET_H */
