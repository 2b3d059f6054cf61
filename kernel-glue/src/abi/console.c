/* SPDX-License-Identifier: Apache-2.0 */
/* The console: output of text and bytes, and input. */
#include <rtthread.h>
#include <rtm.h>

#include "../module/wait.h"
#include "../port/compat.h"
#include "../port/groups.h"
#include "console.h"

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

/*
 * Writes text with a NUL after it. NULs in it are of no use to a terminal: they are written too, or left out. 4.0 does the
 * same, after it has counted the characters.
 */
static void console_put(const char *text, rt_size_t length)
{
    const char *end = text + length;

#if RTTHREAD_VERSION < 40100 && defined(RT_USING_DEVICE)
    rt_device_t device = rt_console_get_device();

    if (device != RT_NULL)
    {
        rt_uint16_t flags = device->open_flag;

        device->open_flag |= RT_DEVICE_FLAG_STREAM;
        rt_device_write(device, 0, text, length);
        device->open_flag = flags;
        return;
    }
#endif
    for (; text < end; text += rt_strlen(text) + 1)
        rt_kputs(text);
}

static void console_flush(struct console *console)
{
    *console->end = '\0';
    if (console->end != console->text)
        console_put(console->text, (rt_size_t)(console->end - console->text));
    console->end = console->text;
}

static void console_gather(struct rttm_sink *sink, const char *text, uint32_t length)
{
    struct console *console = (struct console *)sink;
    const char     *end = text + length;

    char *at = console->end;

    for (; text != end; *at++ = *text++)
    {
        if (at != &console->text[GATHERED_BYTES])
            continue;
        console->end = at;
        console_flush(console);
        at = console->end;
    }
    console->end = at;
}

void rttm_print(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args)
{
    struct console console;

    if (args == RT_NULL)
    {
        console_put((const char *)template_text, template_length);
        return;
    }
    console.sink.write = console_gather;
    console.end = console.text;
    rttm_format(&console.sink, template_text, template_length, args);
    console_flush(&console);
}
RTM_EXPORT(rttm_print)
/* Those of print.c, which does not depend on the kernel. */
RTM_EXPORT(rttm_format)
RTM_EXPORT(rttm_sink_write)

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
