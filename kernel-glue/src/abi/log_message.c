/* SPDX-License-Identifier: Apache-2.0 */
/* What programs log: to ulog where the kernel has it, to the console otherwise. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_LOG

#include <rtthread.h>
#include <rtm.h>

#include "rtt_mod.h"

static char letter_of(uint32_t level)
{
    if (level <= RTTM_LOG_ERROR)
        return 'E';
    if (level == RTTM_LOG_WARNING)
        return 'W';
    return level == RTTM_LOG_INFO ? 'I' : 'D';
}

static void print_message(uint32_t level, const char *tag, uint32_t tag_length, const char *text, uint32_t text_length)
{
    static const uint8_t  line[] = {RTTM_PLAIN, '/', RTTM_PLAIN, ':', ' ', RTTM_PLAIN, '\n'};
    const struct rttm_arg args[] = {
        {RTTM_ARG_CHAR, (uintptr_t)letter_of(level), 0},
        {RTTM_ARG_STR, (uintptr_t)tag, tag_length},
        {RTTM_ARG_STR, (uintptr_t)text, text_length},
    };

    rttm_print(line, sizeof line, args);
}

#ifdef RT_USING_ULOG

#include <ulog.h>

#include "transfer.h"

#define TAG_BYTES 32u /* longer tags are cut */

#ifdef ULOG_USING_ASYNC_OUTPUT
/* Another thread reads the tag later, when the module may be gone. Those of a few messages are kept. */
#define TAGS_MAX 8u

static char        tags[TAGS_MAX][TAG_BYTES];
static rt_uint32_t tags_count;

static char *tag_place(char *unused)
{
    char *place;

    (void)unused;
    rt_enter_critical();
    place = tags[tags_count++ % TAGS_MAX];
    rt_exit_critical();
    return place;
}
#else
static char *tag_place(char *place)
{
    return place;
}
#endif

void rttm_log_message(uint32_t level, const char *tag, uint32_t tag_length, const char *text, uint32_t text_length)
{
    struct rttm_cancel_scope scope;
    char                     copy[TAG_BYTES];
    char                    *place;
    uint32_t                 length = tag_length < TAG_BYTES ? tag_length : TAG_BYTES - 1;

    if (rttm_transfer_begin(&scope) != RTTM_OK) /* ulog waits for its lock */
    {
        print_message(level, tag, tag_length, text, text_length);
        return;
    }
    place = tag_place(copy);
    rt_memcpy(place, tag, length);
    place[length] = '\0';
    ulog_output(level, place, RT_TRUE, "%s", text);
    rttm_transfer_end(&scope);
}

#else

void rttm_log_message(uint32_t level, const char *tag, uint32_t tag_length, const char *text, uint32_t text_length)
{
    print_message(level, tag, tag_length, text, text_length);
}

#endif /* RT_USING_ULOG */

RTM_EXPORT(rttm_log_message)

#endif /* RTT_MOD_USING_LOG */
