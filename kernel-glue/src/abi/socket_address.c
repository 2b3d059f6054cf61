/* SPDX-License-Identifier: Apache-2.0 */
/* Socket addresses, and addresses for the names of hosts. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_NET

#include <rtthread.h>
#include <netdb.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../module/wait.h"
#include "socket.h"

int rttm_family(uint32_t family)
{
#if NETDEV_IPV4
    if (family == 4)
        return AF_INET;
#endif
#if NETDEV_IPV6
    if (family == 6)
        return AF_INET6;
#endif
    return AF_UNSPEC;
}

socklen_t rttm_to_sockaddr(const struct rttm_address *address, union rttm_sockaddr *sockaddr)
{
    rt_memset(sockaddr, 0, sizeof *sockaddr);
#if NETDEV_IPV4
    if (address->family == 4)
    {
        sockaddr->ip4.sin_len = sizeof sockaddr->ip4;
        sockaddr->ip4.sin_family = AF_INET;
        sockaddr->ip4.sin_port = htons(address->port);
        rt_memcpy(&sockaddr->ip4.sin_addr, address->ip, 4);
        return sizeof sockaddr->ip4;
    }
#endif
#if NETDEV_IPV6
    if (address->family == 6)
    {
        sockaddr->ip6.sin6_len = sizeof sockaddr->ip6;
        sockaddr->ip6.sin6_family = AF_INET6;
        sockaddr->ip6.sin6_port = htons(address->port);
        rt_memcpy(&sockaddr->ip6.sin6_addr, address->ip, 16);
        return sizeof sockaddr->ip6;
    }
#endif
    return 0;
}

void rttm_from_sockaddr(const union rttm_sockaddr *sockaddr, struct rttm_address *address)
{
    rt_memset(address, 0, sizeof *address);
#if NETDEV_IPV4
    if (sockaddr->any.sa_family == AF_INET)
    {
        address->family = 4;
        address->port = ntohs(sockaddr->ip4.sin_port);
        rt_memcpy(address->ip, &sockaddr->ip4.sin_addr, 4);
    }
#endif
#if NETDEV_IPV6
    if (sockaddr->any.sa_family == AF_INET6)
    {
        address->family = 6;
        address->port = ntohs(sockaddr->ip6.sin6_port);
        rt_memcpy(address->ip, &sockaddr->ip6.sin6_addr, 16);
    }
#endif
}

/* Copies the addresses of the list, and returns how many. */
static int32_t copy_addresses(const struct addrinfo *found, struct rttm_address *addresses, uint32_t capacity)
{
    uint32_t count = 0;

    for (; found != RT_NULL && count < capacity; found = found->ai_next)
    {
        union rttm_sockaddr sockaddr;

        if (found->ai_addr == RT_NULL || found->ai_addrlen > sizeof sockaddr)
            continue;
        rt_memcpy(&sockaddr, found->ai_addr, found->ai_addrlen);
        rttm_from_sockaddr(&sockaddr, &addresses[count]);
        addresses[count].port = 0;
        if (addresses[count].family != 0)
            count++;
    }
    return (int32_t)count;
}

static int32_t resolve_host(const char *host, uint32_t host_length, struct rttm_address *addresses, uint32_t capacity)
{
    struct addrinfo *found = RT_NULL;
    char            *name = rt_malloc(host_length + 1);
    int32_t          count = 0;

    if (name == RT_NULL)
        return RTTM_ERROR_OUT_OF_MEMORY;
    rt_memcpy(name, host, host_length);
    name[host_length] = '\0';
    if (getaddrinfo(name, RT_NULL, RT_NULL, &found) == 0 && found != RT_NULL)
    {
        count = copy_addresses(found, addresses, capacity);
        freeaddrinfo(found);
    }
    rt_free(name);
    return count > 0 ? count : RTTM_ERROR_NOT_FOUND;
}

int32_t rttm_resolve(const char *host, uint32_t host_length, struct rttm_address *addresses, uint32_t capacity)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = rttm_wait_begin();

    if (result != RTTM_OK)
        return result;
    rttm_wait_end(); /* the look-up itself can't be cancelled */
    if (host_length >= DNS_MAX_NAME_LENGTH)
        return RTTM_ERROR_NAME;
    rttm_cancel_disable(&scope);
    result = resolve_host(host, host_length, addresses, capacity);
    rttm_cancel_enable(&scope);
    return result;
}
RTM_EXPORT(rttm_resolve)

#endif /* RTT_MOD_USING_NET */
