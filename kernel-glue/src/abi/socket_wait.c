/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Socket calls that wait.
 *
 * A thread can't be stopped while it is in the network stack. So that a module can end nevertheless, a call that waits
 * does so in time slices, and the thread can be stopped between two slices.
 */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_NET

#include <errno.h>
#include <sys/time.h>

#include <rtthread.h>
#include <rtm.h>

#include "../contain/cancel.h"
#include "../module/record.h"
#include "../module/upcall.h"
#include "../module/wait.h"
#include "../port/compat.h"
#include "socket.h"

/* The longest time that a thread waits in the network stack. */
#define SLICE_MILLISECONDS 100u

/* The time that a call may still wait. */
struct patience
{
    rt_tick_t begin;
    uint32_t  milliseconds;
};

static struct patience patience_of(uint32_t milliseconds)
{
    struct patience patience = {rt_tick_get(), milliseconds};

    return patience;
}

/* The milliseconds of the next slice; 0 if the time has passed. */
static uint32_t next_slice(const struct patience *patience)
{
    uint64_t passed = (uint64_t)(rt_tick_t)(rt_tick_get() - patience->begin) * 1000u / RT_TICK_PER_SECOND;

    if (patience->milliseconds == RTTM_FOREVER || passed + SLICE_MILLISECONDS <= patience->milliseconds)
        return SLICE_MILLISECONDS;
    return passed < patience->milliseconds ? (uint32_t)(patience->milliseconds - passed) : 0;
}

/* An error where nothing may wait. Does not return if the module has begun to end and the thread is not its own. */
static int32_t socket_between_slices(void)
{
    int32_t result = rttm_wait_begin();

    if (result == RTTM_OK)
        rttm_wait_end(); /* a wait in the network stack must not be cancelled */
    return result;
}

/* The arguments of a call that waits. */
struct call
{
    struct rttm_socket  *socket;
    int                  option; /* SO_RCVTIMEO or SO_SNDTIMEO */
    int                  flags;  /* of recvfrom */
    void                *bytes;
    uint32_t             length;
    union rttm_sockaddr  name;
    socklen_t            name_length;
    struct rttm_socket **accepted;
};

static void socket_set_slice(const struct call *call, uint32_t milliseconds)
{
    struct timeval time = {0, (long)milliseconds * 1000};

    setsockopt(call->socket->number, SOL_SOCKET, call->option, &time, sizeof time);
}

/* Repeats `attempt` in slices until it succeeds, fails, or the time has passed; at least once. */
static int32_t socket_try_until(uint32_t milliseconds, int32_t (*attempt)(struct call *call), struct call *call)
{
    struct patience patience = patience_of(milliseconds);
    uint32_t        slice = milliseconds == 0 ? 1 : next_slice(&patience);
    int32_t         result;

    do
    {
        struct rttm_cancel_scope scope;

        result = socket_between_slices();
        if (result != RTTM_OK)
            return result;
        rttm_cancel_disable(&scope);
        socket_set_slice(call, slice);
        rttm_socket_forget_errors();
        result = attempt(call);
        rttm_cancel_enable(&scope);
        slice = next_slice(&patience);
    } while (result == RTTM_ERROR_WOULD_BLOCK && slice > 0);
    return result;
}

static int32_t socket_try_accept(struct call *call)
{
    int number = accept(call->socket->number, &call->name.any, &call->name_length);

    return number < 0 ? rttm_socket_result(-1) : rttm_socket_adopt(number, RTTM_SOCKET_STREAM, call->accepted);
}

int32_t rttm_socket_accept(struct rttm_socket *socket, struct rttm_address *from, struct rttm_socket **accepted)
{
    struct call call = {.socket = socket, .option = SO_RCVTIMEO, .name_length = sizeof call.name, .accepted = accepted};
    int32_t     result = socket_try_until(socket->receive_milliseconds, socket_try_accept, &call);

    if (result == RTTM_OK && from != RT_NULL)
        rttm_from_sockaddr(&call.name, from);
    return result;
}
RTM_EXPORT(rttm_socket_accept)

/* Without the address for a stream: lwIP would read it last, and lose the error. */
static int32_t socket_try_receive(struct call *call)
{
    rt_bool_t is_stream = call->socket->kind == RTTM_SOCKET_STREAM;

    return rttm_socket_result(recvfrom(call->socket->number, call->bytes, call->length, call->flags,
                                       is_stream ? RT_NULL : &call->name.any,
                                       is_stream ? RT_NULL : &call->name_length));
}

static int32_t socket_receive(struct rttm_socket *socket, void *bytes, uint32_t capacity, struct rttm_address *from,
                              int flags)
{
    struct call call = {.socket = socket,
                        .option = SO_RCVTIMEO,
                        .flags = flags,
                        .bytes = bytes,
                        .length = capacity,
                        .name_length = sizeof call.name};
    int32_t     result;

    if (capacity == 0 && socket->kind == RTTM_SOCKET_STREAM)
        return 0;
    result = socket_try_until(socket->receive_milliseconds, socket_try_receive, &call);
    if (result >= 0 && from != RT_NULL && socket->kind == RTTM_SOCKET_DATAGRAM)
        rttm_from_sockaddr(&call.name, from);
    return result;
}

int32_t rttm_socket_receive(struct rttm_socket *socket, void *bytes, uint32_t capacity, struct rttm_address *from)
{
    return socket_receive(socket, bytes, capacity, from, 0);
}
RTM_EXPORT(rttm_socket_receive)

int32_t rttm_socket_peek(struct rttm_socket *socket, void *bytes, uint32_t capacity, struct rttm_address *from)
{
    return socket_receive(socket, bytes, capacity, from, MSG_PEEK);
}
RTM_EXPORT(rttm_socket_peek)

static int32_t socket_try_send(struct call *call)
{
    return rttm_socket_result(sendto(call->socket->number, call->bytes, call->length, 0,
                                     call->name_length > 0 ? &call->name.any : RT_NULL, call->name_length));
}

#if defined(RTT_MOD_USING_SCAN) && defined(RTT_MOD_USING_KERNEL_HEAP)

/*
 * Where to send a datagram with `bytes` from. lwIP leaves the address of a datagram in its pools, which are variables: there it
 * would look like a pointer into an image. RT_NULL without memory.
 */
static void *datagram_begin(const void *bytes, uint32_t length)
{
    const struct rttm_module *module = rttm_current_module();
    void                     *copy;

    if (module == RT_NULL || (rt_ubase_t)bytes - (rt_ubase_t)module->image >= module->image_bytes)
        return (void *)bytes;
    copy = rttm_heap_allocate(length, 1);
    return copy != RT_NULL ? rt_memcpy(copy, bytes, length) : RT_NULL;
}

static void datagram_end(void *sent, const void *bytes)
{
    if (sent != bytes)
        rttm_heap_free(sent);
}

#else /* nobody looks */

static void *datagram_begin(const void *bytes, uint32_t length)
{
    (void)length;
    return (void *)bytes;
}

static void datagram_end(void *sent, const void *bytes)
{
    (void)sent;
    (void)bytes;
}

#endif

static int32_t socket_send_datagram(struct call *call)
{
    const void *bytes = call->bytes;
    int32_t     result;

    call->bytes = datagram_begin(bytes, call->length);
    if (call->bytes == RT_NULL)
        return RTTM_ERROR_OUT_OF_MEMORY;
    result = socket_try_until(call->socket->send_milliseconds, socket_try_send, call);
    datagram_end(call->bytes, bytes);
    return result;
}

int32_t rttm_socket_send(struct rttm_socket *socket, const void *bytes, uint32_t length, const struct rttm_address *to)
{
    struct call call = {.socket = socket, .option = SO_SNDTIMEO, .bytes = (void *)bytes, .length = length};

    if (to != RT_NULL && (call.name_length = rttm_to_sockaddr(to, &call.name)) == 0)
        return RTTM_ERROR_UNSUPPORTED;
    if (socket->kind != RTTM_SOCKET_STREAM)
        return socket_send_datagram(&call);
    return socket_try_until(socket->send_milliseconds, socket_try_send, &call);
}
RTM_EXPORT(rttm_socket_send)

/* ---- connections ----------------------------------------------------------------------------------------------- */

static int socket_set_blocking(const struct rttm_socket *socket, rt_bool_t is_blocking)
{
    unsigned long is_not_blocking = is_blocking ? 0 : 1;

    return ioctlsocket(socket->number, FIONBIO, &is_not_blocking);
}

/* RTTM_ERROR_WOULD_BLOCK while the connection is being made. Without poll, this call waits for the connection. */
static int32_t socket_begin_connect(struct rttm_socket *socket, const union rttm_sockaddr *name, socklen_t length)
{
    struct rttm_cancel_scope scope;
    int32_t                  result;

    rttm_cancel_disable(&scope);
    if (RTTM_HAS_POLL)
        socket_set_blocking(socket, RT_FALSE);
    rttm_socket_forget_errors();
    result = rttm_socket_result(connect(socket->number, &name->any, length));
    if (result != RTTM_OK && errno == EINPROGRESS)
        result = RTTM_ERROR_WOULD_BLOCK;
    rttm_cancel_enable(&scope);
    return result;
}

/* RTTM_ERROR_WOULD_BLOCK while the connection is still being made. */
static int32_t socket_await_connect(struct rttm_socket *socket, uint32_t milliseconds)
{
    struct rttm_cancel_scope scope;
    int32_t                  result = RTTM_ERROR_WOULD_BLOCK;
    int                      error = 0;
    socklen_t                length = sizeof error;

    rttm_cancel_disable(&scope);
    if (rttm_poll_writable(socket->number, milliseconds))
    {
        getsockopt(socket->number, SOL_SOCKET, SO_ERROR, &error, &length);
        errno = error;
        result = error == 0 ? RTTM_OK : rttm_socket_result(-1);
    }
    rttm_cancel_enable(&scope);
    return result;
}

static int32_t socket_connect_until(struct rttm_socket *socket, const union rttm_sockaddr *name, socklen_t length)
{
    struct patience patience = patience_of(socket->send_milliseconds);
    int32_t         result = socket_between_slices();

    if (result != RTTM_OK)
        return result;
    result = socket_begin_connect(socket, name, length);
    while (result == RTTM_ERROR_WOULD_BLOCK)
    {
        uint32_t slice = next_slice(&patience);

        result = socket_between_slices();
        if (result != RTTM_OK)
            return result;
        if (slice == 0)
            return RTTM_ERROR_TIMED_OUT;
        result = socket_await_connect(socket, slice);
    }
    return result;
}

int32_t rttm_socket_connect(struct rttm_socket *socket, const struct rttm_address *to)
{
    struct rttm_cancel_scope scope;
    union rttm_sockaddr      name;
    socklen_t                length = rttm_to_sockaddr(to, &name);
    int32_t                  result;

    if (length == 0)
        return RTTM_ERROR_UNSUPPORTED;
    result = socket_connect_until(socket, &name, length);
    rttm_cancel_disable(&scope);
    socket_set_blocking(socket, RT_TRUE);
    rttm_cancel_enable(&scope);
    /* lwIP reports a refused connection as a reset. */
    return result == RTTM_ERROR_RESET ? RTTM_ERROR_REFUSED : result;
}
RTM_EXPORT(rttm_socket_connect)

#endif /* RTT_MOD_USING_NET */
