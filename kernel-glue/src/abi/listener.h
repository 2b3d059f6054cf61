/* SPDX-License-Identifier: Apache-2.0 */
/* A module's function that interrupts and other threads call: the `struct rttm_callback` of a device or a pin. */
#ifndef RTTM_LISTENER_H
#define RTTM_LISTENER_H

#include <rtthread.h>

#include "rtt_mod.h"

struct rt_dlmodule;

struct rttm_listener
{
    struct rttm_callback callback; /* `call` is RT_NULL: nobody listens */
    struct rt_dlmodule  *owner;
    uintptr_t            value;     /* of the newest call */
    volatile rt_bool_t   is_called; /* now */
    volatile rt_bool_t   is_missed; /* somebody has called meanwhile */
};

/* Somebody of the calling module's listens. */
void rttm_listener_begin(struct rttm_listener *listener, const struct rttm_callback *callback);

/*
 * Calls the function, in whatever thread or interrupt this is. Calls of one listener do not overlap: who comes while it
 * is called leaves his value, and the call is made once more with that.
 */
void rttm_listener_call(struct rttm_listener *listener, uintptr_t value);

/* Nobody calls any more: waits for those who do now, and gives the callback's context back unless the module ends. */
void rttm_listener_end(struct rttm_listener *listener, rt_bool_t owner_ends);

#endif /* RTTM_LISTENER_H */
