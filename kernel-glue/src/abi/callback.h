/* SPDX-License-Identifier: Apache-2.0 */
/* Callbacks of modules that interrupts and other threads call: the `struct rttm_callback` of a device or a pin. */
#ifndef RTTM_CALLBACK_H
#define RTTM_CALLBACK_H

#include <rtthread.h>

#include "rtt_mod.h"

struct rttm_resource;

/* A callback, and whether it is running. */
struct rttm_bound_callback
{
    struct rttm_callback  callback;   /* `call` is RT_NULL: no callback */
    struct rttm_resource *resource;   /* that it belongs to */
    uintptr_t             value;      /* of the newest call */
    volatile rt_bool_t    is_running; /* now */
    volatile rt_bool_t    is_pending; /* another call came while it was running */
};

/* Binds `callback` to `resource`. */
void rttm_callback_bind(struct rttm_bound_callback *bound, struct rttm_resource *resource,
                        const struct rttm_callback *callback);

/*
 * Calls the callback, in whatever thread or interrupt this is. Calls of one callback do not overlap: a call that comes
 * while another is running leaves its value, and the callback is called once more with the newest value.
 */
void rttm_callback_call(struct rttm_bound_callback *bound, uintptr_t value);

/* Waits until no call is running, and then releases the context of the callback unless its module ends. */
void rttm_callback_unbind(struct rttm_bound_callback *bound, rt_bool_t owner_ends);

#endif /* RTTM_CALLBACK_H */
