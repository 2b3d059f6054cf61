/* SPDX-License-Identifier: Apache-2.0 */
/* Keeps what is typed until the program reads it. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_COMMAND

#include <rtthread.h>

#include "../abi/console.h"
#include "typed.h"

rt_size_t rttm_typed_put(struct rttm_typed *typed, const rt_uint8_t *keys, rt_size_t length)
{
    rt_size_t put = 0;

    for (; put < length && typed->end - typed->begin < RTTM_TYPED_BYTES; put++)
    {
        typed->keys[typed->end % RTTM_TYPED_BYTES] = keys[put];
        typed->end++;
    }
    return put;
}

void rttm_typed_clear(struct rttm_typed *typed)
{
    rt_enter_critical(); /* the program may read */
    typed->begin = typed->end;
    rt_exit_critical();
}

#ifdef RTT_MOD_USING_CONSOLE

/* Of the program that runs; the source has no argument for it. */
static struct rttm_typed *typed_now;

static int32_t take_typed(uint8_t *bytes, uint32_t capacity)
{
    uint32_t length = 0;

    rt_enter_critical(); /* the reader may leave */
    if (rttm_console_source != RT_NULL)
    {
        for (; length < capacity && typed_now->begin != typed_now->end; length++)
            bytes[length] = typed_now->keys[typed_now->begin++ % RTTM_TYPED_BYTES];
    }
    rt_exit_critical();
    return (int32_t)length;
}

void rttm_typed_use(struct rttm_typed *typed)
{
    rt_enter_critical();
    typed_now = typed;
    rttm_console_source = typed != RT_NULL ? take_typed : RT_NULL;
    rt_exit_critical();
}

#endif /* RTT_MOD_USING_CONSOLE */
#endif /* RTT_MOD_USING_COMMAND */
