/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Calls of a module's functions that are long or need much stack: a shell command, the `init` of a resident module, the
 * `module_init` of one in C, a soft timer that needs more stack than the worker has. Each is on a thread of the module's, so that a panic, a fault, an overflow or a loop in it ends
 * the module and not its caller, who waits.
 */
#ifndef RTTM_CALL_H
#define RTTM_CALL_H

#include "record.h"
#include "waiter.h"

struct rttm_resource;

/* A call; the first member of what `function` gets. It is in the block of its thread. */
struct rttm_call
{
    rt_int32_t (*function)(struct rttm_call *call);
    struct rttm_module_thread *thread;
    rt_bool_t                  has_returned;
    rt_bool_t                  is_left; /* nobody waits for it any more */
};

/* How the wait for a call ended. */
enum rttm_call_outcome
{
    RTTM_CALL_RETURNED,
    RTTM_CALL_ENDED, /* with its module, all of which is freed */
    RTTM_CALL_LEFT,  /* it goes on */
};

/*
 * Makes a thread of `module` for a call of `function`, with zeroed memory of `bytes` bytes that begins with the
 * struct rttm_call. `resource` is in use until the thread is gone: the caller has pinned it; or RT_NULL. It has to be followed
 * by rttm_call or rttm_call_start. RT_NULL without memory, and for a module that ends: then `resource` is the caller's to unpin.
 */
void *rttm_call_new(struct rttm_module *module, const char *name, rt_int32_t (*function)(struct rttm_call *call),
                    struct rttm_resource *resource, rt_uint32_t bytes);

/* Makes the call. Nobody waits for it. */
void rttm_call_start(struct rttm_call *call);

/* Makes the call, and waits by `await`. `result` is that of the function, or the module's exit code. */
enum rttm_call_outcome rttm_call(struct rttm_call *call, rttm_await *await, rt_int32_t *result);

/* For rttm_call: waits until the call has returned. Ctrl-C at the shell ends the module. */
rt_bool_t rttm_await_or_end(struct rttm_waiter *waiter);

/* Whether the calling thread is the shell's and Ctrl-C was typed. RT_NULL: nobody listens. The command `mod` sets it. */
extern rt_bool_t (*rttm_hears_ctrl_c)(void);

#endif /* RTTM_CALL_H */
