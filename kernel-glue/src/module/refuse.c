/* SPDX-License-Identifier: Apache-2.0 */
/* Prints why a file is refused. */
#include <stdarg.h>
#include <stdio.h>

#include <rtthread.h>

#include "../port/compat.h"
#include "refuse.h"

void rttm_refuse(const char *path, const char *format, ...)
{
    char    cause[112];
    va_list args;

    va_start(args, format);
    rt_vsnprintf(cause, sizeof cause, format, args);
    va_end(args);
    rt_kputs(path); /* it may be longer than rt_kprintf's buffer */
    rt_kprintf(": %s\n", cause);
}

void rttm_refuse_thread(const char *path, unsigned stack_bytes)
{
    rttm_refuse(path, "no memory for its thread: the stack takes %u bytes, %u are free", stack_bytes,
                (unsigned)rttm_free_bytes());
}

void rttm_refuse_image(const char *path, unsigned image_bytes)
{
    rttm_refuse(path, "no memory: its image takes %u bytes, %u are free", image_bytes, (unsigned)rttm_free_bytes());
}
