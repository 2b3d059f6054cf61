/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_END_H
#define RTTM_END_H

#include "cause.h"
#include "kernel_module.h"

/* Ends `module`, that the calling thread runs for, with `code`, and frees it. Does not return. */
void rttm_end(struct rt_dlmodule *module, rt_int32_t code, enum rttm_cause cause) __attribute__((noreturn));

/* Ends the module that runs here, with `code`: as rttm_exit, for another cause. Does not return. */
void rttm_exit_for(rt_int32_t code, enum rttm_cause cause) __attribute__((noreturn));

/* Waits for another thread to take the calling one away. */
void rttm_wait_for_the_end(void) __attribute__((noreturn));

/* Whether somebody has begun to end `module`. */
rt_bool_t rttm_is_ending(const struct rt_dlmodule *module);

/* Whether none of its own threads runs any more, but the one that ends it. */
rt_bool_t rttm_threads_are_stopped(const struct rt_dlmodule *module);

/*
 * Of those who want to end a module at once, only the first gets RT_TRUE, and ends it: with its code, and for its cause.
 * From interrupts too.
 */
rt_bool_t rttm_claim_end(struct rt_dlmodule *module, rt_int32_t code, enum rttm_cause cause);

/* Ends and frees a module that was claimed. In a thread that is neither the module's nor in a call of its functions. */
void rttm_end_claimed(struct rt_dlmodule *module);

/*
 * Takes `thread` out of its module's hands: the idle thread frees it as any other, and does not take its end for the
 * module's.
 */
void rttm_disown(rt_thread_t thread);

#endif /* RTTM_END_H */
