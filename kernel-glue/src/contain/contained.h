/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What containment has to know of the code that it contains. This room knows no modules: the room above it, `module`,
 * defines these functions.
 */
#ifndef RTTM_CONTAINED_H
#define RTTM_CONTAINED_H

#include <rtthread.h>

#include "cancel.h"
#include "exit_cause.h"

/* The module whose code runs. */
struct rttm_contained
{
    const char       *name;  /* RT_NAME_MAX bytes at most */
    rt_ubase_t        image; /* where address 0 of the program is */
    rt_size_t         image_bytes;
    const rt_uint8_t *build_id; /* RTTM_BUILD_ID_BYTES */
};

/* Fills in what runs in the calling thread. RT_FALSE when that is no module's code (record.c). */
rt_bool_t rttm_contained_here(struct rttm_contained *contained);

/* Whether the module whose code `thread` runs already ends. Without interrupts, in a switch of threads (upcall.c). */
rt_bool_t rttm_contained_is_ending(rt_thread_t thread);

/* Where the frame of the innermost upcall of `thread` begins on its stack; RT_NULL outside of any (upcall.c). */
const void *rttm_upcall_frame(rt_thread_t thread);

/*
 * The calling thread leaves a cancellation scope, and somebody wants to stop it. Does not return if it would come back to
 * the code of a module that ends: the upcall here is aborted, or the thread waits to be stopped (end.c).
 */
void rttm_contained_come_out(void);

/* The cancellation scope around the innermost upcall here, or RT_NULL (upcall.c). */
const struct rttm_cancel_scope *rttm_upcall_scope(void);

/* Ends the module that runs here with `code`, as rttm_exit does, for another cause. Does not return (end.c). */
void rttm_exit_for(rt_int32_t code, enum rttm_exit_cause cause) __attribute__((noreturn));

#endif /* RTTM_CONTAINED_H */
