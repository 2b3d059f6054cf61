/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets, by RT-Thread's socket layer (SAL) and any network stack below it.
 *
 * A stack keeps pointers to what its caller waits with, so a thread must not be stopped inside: each call disables
 * cancellation.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_NET

#include <errno.h>

#include <rtthread.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../port/compat.h"
#include "result.h"
#include "socket.h"

void rttm_socket_forget_errors(void)
{
    errno = 0;
    rt_set_errno(0);
}

/* The network stack sets the error number of the C library, and the socket layer that of the kernel. */
int32_t rttm_socket_result(int value)
{
    if (value >= 0)
        return value;
    if (errno != 0)
        rt_set_errno(errno);
    return rttm_result_of_errno();
}

static void socket_release(struct rttm_resource *resource, enum rttm_release_cause cause)
{
    struct rttm_cancel_scope scope;

    (void)cause;
    rttm_cancel_disable(&scope);
    closesocket(((struct rttm_socket *)resource)->number);
    rttm_resource_free(resource);
    rttm_cancel_enable(&scope);
}

static const struct rttm_class socket_class = {.release = socket_release};

int32_t rttm_socket_adopt(int number, uint32_t kind, struct rttm_socket **socket)
{
    struct rttm_socket *made = rttm_resource_new(&socket_class, sizeof *made);

    if (made == RT_NULL)
    {
        closesocket(number);
        return RTTM_ERROR_OUT_OF_MEMORY;
    }
    made->number = number;
    made->kind = kind;
    made->receive_milliseconds = RTTM_FOREVER;
    made->send_milliseconds = RTTM_FOREVER;
    rttm_resource_enroll(&made->resource);
    *socket = made;
    return RTTM_OK;
}

int32_t rttm_socket_new(uint32_t kind, uint32_t family, struct rttm_socket **made)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;
    int                      domain = rttm_family(family);
    int                      number;

    if (domain == AF_UNSPEC)
        return RTTM_ERROR_UNSUPPORTED;
    rttm_cancel_disable(&scope);
    rttm_socket_forget_errors();
    number = socket(domain, kind == RTTM_SOCKET_STREAM ? SOCK_STREAM : SOCK_DGRAM, 0);
    result = number < 0 ? rttm_socket_result(-1) : rttm_socket_adopt(number, kind, made);
    rttm_cancel_enable(&scope);
    return result;
}
RTM_EXPORT(rttm_socket_new)

int32_t rttm_socket_bind(struct rttm_socket *socket, const struct rttm_address *address)
{
    struct rttm_cancel_scope scope;
    union rttm_sockaddr      name;
    socklen_t                length = rttm_to_sockaddr(address, &name);
    int32_t                  result;

    if (length == 0)
        return RTTM_ERROR_UNSUPPORTED;
    rttm_cancel_disable(&scope);
    rttm_socket_forget_errors();
    result = rttm_socket_result(bind(socket->number, &name.any, length));
    rttm_cancel_enable(&scope);
    return result;
}
RTM_EXPORT(rttm_socket_bind)

int32_t rttm_socket_listen(struct rttm_socket *socket, uint32_t backlog)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    rttm_cancel_disable(&scope);
    rttm_socket_forget_errors();
    result = rttm_socket_result(listen(socket->number, (int)backlog));
    rttm_cancel_enable(&scope);
    return result;
}
RTM_EXPORT(rttm_socket_listen)

int32_t rttm_socket_shutdown(struct rttm_socket *socket, uint32_t ways)
{
    static const int         how[] = {SHUT_RD, SHUT_WR, SHUT_RDWR};
    struct rttm_cancel_scope scope;
    int32_t                  result;

    if (ways == 0 || ways > (RTTM_SOCKET_READ | RTTM_SOCKET_WRITE))
        return RTTM_ERROR_INVALID;
    rttm_cancel_disable(&scope);
    rttm_socket_forget_errors();
    result = rttm_socket_result(shutdown(socket->number, how[ways - 1]));
    rttm_cancel_enable(&scope);
    return result;
}
RTM_EXPORT(rttm_socket_shutdown)

int32_t rttm_socket_set_timeout(struct rttm_socket *socket, uint32_t ways, uint32_t milliseconds)
{
    if (ways & RTTM_SOCKET_READ)
        socket->receive_milliseconds = milliseconds;
    if (ways & RTTM_SOCKET_WRITE)
        socket->send_milliseconds = milliseconds;
    return RTTM_OK;
}
RTM_EXPORT(rttm_socket_set_timeout)

static int ask_local(int number, struct sockaddr *name, socklen_t *length)
{
    return getsockname(number, name, length);
}

static int ask_peer(int number, struct sockaddr *name, socklen_t *length)
{
    return getpeername(number, name, length);
}

static int32_t socket_name(struct rttm_socket *socket, int (*ask)(int number, struct sockaddr *name, socklen_t *length),
                           struct rttm_address *address)
{
    struct rttm_cancel_scope scope;
    union rttm_sockaddr      name;
    socklen_t                length = sizeof name;
    int32_t                  result;

    rttm_cancel_disable(&scope);
    rttm_socket_forget_errors();
    result = rttm_socket_result(ask(socket->number, &name.any, &length));
    rttm_cancel_enable(&scope);
    if (result == RTTM_OK)
        rttm_from_sockaddr(&name, address);
    return result;
}

int32_t rttm_socket_local(struct rttm_socket *socket, struct rttm_address *address)
{
    return socket_name(socket, ask_local, address);
}
RTM_EXPORT(rttm_socket_local)

int32_t rttm_socket_peer(struct rttm_socket *socket, struct rttm_address *address)
{
    return socket_name(socket, ask_peer, address);
}
RTM_EXPORT(rttm_socket_peer)

#endif /* RTT_MOD_USING_NET */
