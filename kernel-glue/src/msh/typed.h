/* SPDX-License-Identifier: Apache-2.0 */
/* What is typed for a program while another thread reads the console. */
#ifndef RTTM_TYPED_H
#define RTTM_TYPED_H

#include <rtthread.h>

#include "../port/groups.h"

#define RTTM_TYPED_BYTES 256u

/* What was typed and the program has not read yet. Its reader alone changes `end`, and the program `begin`. */
struct rttm_typed
{
    rt_uint8_t           keys[RTTM_TYPED_BYTES];
    volatile rt_uint32_t begin, end;
};

/* Puts as much of `keys` into it as there is room for, and returns how much that is. */
rt_size_t rttm_typed_put(struct rttm_typed *typed, const rt_uint8_t *keys, rt_size_t length);

/* Forgets what the program has not read. */
void rttm_typed_clear(struct rttm_typed *typed);

#ifdef RTT_MOD_USING_CONSOLE

/* From now on, modules read from `typed`; RT_NULL: from the console. */
void rttm_typed_use(struct rttm_typed *typed);

#else /* no module reads the console */

rt_inline void rttm_typed_use(struct rttm_typed *typed)
{
    (void)typed;
}

#endif

#endif /* RTTM_TYPED_H */
