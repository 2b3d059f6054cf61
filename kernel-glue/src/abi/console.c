/* SPDX-License-Identifier: Apache-2.0 */
/* The console: output of text and bytes, and input. */
#include <rtthread.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../port/groups.h"
#include "console.h"
#include "print.h"

/* How often the console is polled for input. */
#define LOOKS_PER_SECOND 100

/* The size of the buffer on the caller's stack, so that a line needs few writes to the console device. */
#define GATHERED_BYTES 64

struct console
{
    struct rttm_sink sink;
    rt_uint32_t      length;
    char             text[GATHERED_BYTES + 1];
};

static void console_flush(struct console *console)
{
    console->text[console->length] = '\0';
    if (console->length != 0)
        rt_kputs(console->text);
    console->length = 0;
}

static void console_gather(struct rttm_sink *sink, const char *text, uint32_t length)
{
    struct console *console = (struct console *)sink;

    for (; length > 0; text++, length--)
    {
        if (*text == '\0') /* a terminal does not show it, and it would end the string for rt_kputs */
            continue;
        if (console->length == GATHERED_BYTES)
            console_flush(console);
        console->text[console->length++] = *text;
    }
}

void rttm_print(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args)
{
    struct console console;

    console.sink.write = console_gather;
    console.length = 0;
    rttm_format(&console.sink, template_text, template_length, args);
    console_flush(&console);
}
RTM_EXPORT(rttm_print)
RTM_EXPORT(rttm_sink_write) /* here, because print.c does not depend on the kernel */

#ifdef RTT_MOD_USING_CONSOLE

int32_t rttm_console_write(const uint8_t *bytes, uint32_t length)
{
    struct console console;
    uint32_t       i;

    if (length > INT32_MAX)
        length = INT32_MAX;
    console.length = 0;
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

rttm_console_source_t *rttm_console_source = RT_NULL;

static int32_t console_take(rt_device_t device, uint8_t *bytes, uint32_t capacity)
{
    rttm_console_source_t *source = rttm_console_source;

    return source != RT_NULL ? source(bytes, capacity) : (int32_t)rt_device_read(device, 0, bytes, capacity);
}

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
    while ((length = console_take(device, bytes, capacity)) <= 0)
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
