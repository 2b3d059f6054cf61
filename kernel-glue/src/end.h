/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_END_H
#define RTTM_END_H

#include <dlmodule.h>

/* Ends `module`, that the calling thread runs for, with `code`. The idle thread frees it. Does not return. */
void rttm_end(struct rt_dlmodule *module, rt_int32_t code) __attribute__((noreturn));

#endif /* RTTM_END_H */
