/* SPDX-License-Identifier: Apache-2.0 */
/* Binds the formatter to the console: `rttm_print`. */
#include <rtthread.h>
#include <rtm.h>

#include "print.h"

/* Text is gathered on the caller's stack, so that a line costs few writes to the console's device. */
#define GATHERED_BYTES 64

struct console
{
    struct rttm_sink sink;
    rt_uint32_t      length;
    char             text[GATHERED_BYTES + 1];
};

static void flush(struct console *console)
{
    console->text[console->length] = '\0';
    if (console->length != 0)
        rt_kputs(console->text);
    console->length = 0;
}

static void gather(struct rttm_sink *sink, const char *text, uint32_t length)
{
    struct console *console = (struct console *)sink;

    for (; length > 0; text++, length--)
    {
        if (*text == '\0') /* shows nothing on a terminal, and would end rt_kputs's string */
            continue;
        if (console->length == GATHERED_BYTES)
            flush(console);
        console->text[console->length++] = *text;
    }
}

void rttm_print(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args)
{
    struct console console;

    console.sink.write = gather;
    console.length = 0;
    rttm_format(&console.sink, template_text, template_length, args);
    flush(&console);
}
RTM_EXPORT(rttm_print)
RTM_EXPORT(rttm_sink_write) /* print.c knows no kernel */
