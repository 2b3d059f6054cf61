/* SPDX-License-Identifier: Apache-2.0 */
/* The console: output of text and bytes, and input. */
#include <rtthread.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../port/groups.h"
#include "print.h"

/* How often the console is polled for input. */
#define LOOKS_PER_SECOND 100

/* The size of the buffer on the caller's stack, so that a line needs few writes to the console device. */
#define GATHERED_BYTES 64

struct console
{
    struct rttm_sink sink;
    char            *end; /* of what is gathered */
    char             text[GATHERED_BYTES + 1];
};

static void console_flush(struct console *console)
{
    *console->end = '\0';
    if (console->end != console->text)
        rt_kputs(console->text);
    console->end = console->text;
}

static void console_gather(struct rttm_sink *sink, const char *text, uint32_t length)
{
    struct console *console = (struct console *)sink;
    const char     *end = text + length;

    while (text != end)
    {
        char *at = console->end;

        /* A terminal does not show a NUL, and it would end the string for rt_kputs. */
        for (; text != end && at != &console->text[GATHERED_BYTES]; at += *text++ != '\0')
            *at = *text;
        console->end = at;
        if (text != end)
            console_flush(console);
    }
}

void rttm_print(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args)
{
    struct console console;

    if (args == RT_NULL)
    {
        rt_kputs((const char *)template_text);
        return;
    }
    console.sink.write = console_gather;
    console.end = console.text;
    rttm_format(&console.sink, template_text, template_length, args);
    console_flush(&console);
}
RTM_EXPORT(rttm_print)
RTM_EXPORT(rttm_sink_write) /* here, because print.c does not depend on the kernel */
RTM_EXPORT(rttm_write_template)

#ifdef RTT_MOD_USING_CONSOLE

int32_t rttm_console_write(const uint8_t *bytes, uint32_t length)
{
    struct console console;
    uint32_t       i;

    if (length > INT32_MAX)
        length = INT32_MAX;
    console.end = console.text;
    for (i = 0; i < length; i++)
    {
        if (bytes[i] != '\0')
        {
            console_gather(&console.sink, (const char *)&bytes[i], 1);
            continue;
        }
        console_flush(&console);
        if (rt_console_get_device() != RT_NULL)
            rt_device_write(rt_console_get_device(), 0, &bytes[i], 1);
    }
    console_flush(&console);
    return (int32_t)length;
}
RTM_EXPORT(rttm_console_write)

/*
 * Polls the device. Its only callback belongs to the shell, so a module can't wait for it. The console's file of 4.x is
 * no way either: a thread that is stopped while it waits there stays in the list of waiting threads.
 */
int32_t rttm_console_read(uint8_t *bytes, uint32_t capacity)
{
    rt_device_t device = rt_console_get_device();
    int32_t     length;
    int32_t     result;

    if (device == RT_NULL)
        return RTTM_ERROR_UNSUPPORTED;
    if (capacity == 0)
        return RTTM_ERROR_INVALID;
    while ((length = (int32_t)rt_device_read(device, 0, bytes, capacity)) <= 0)
    {
        result = rttm_wait_begin();
        if (result != RTTM_OK)
            return result;
        rt_thread_delay(RT_TICK_PER_SECOND / LOOKS_PER_SECOND + 1);
        rttm_wait_end();
    }
    return (int32_t)length;
}
RTM_EXPORT(rttm_console_read)

#endif /* RTT_MOD_USING_CONSOLE */
