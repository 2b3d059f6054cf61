/* SPDX-License-Identifier: Apache-2.0 */
/* `printf`, `puts` and `putchar` to the console. `printf` writes 127 bytes at most. */
#include <rtt_mod.h>
#include <stdarg.h>
#include <stddef.h>

extern size_t strlen(const char *text);
extern int    vsnprintf(char *text, size_t bytes, const char *format, va_list arguments);

int vprintf(const char *format, va_list arguments);

#ifndef KERNEL_vprintf
int vprintf(const char *format, va_list arguments)
{
    char text[128];
    int  length = vsnprintf(text, sizeof text, format, arguments);

    if (length > 0)
        rttm_console_write((const uint8_t *)text, (uint32_t)strlen(text));
    return length;
}
#endif

#ifndef KERNEL_printf
int printf(const char *format, ...)
{
    va_list arguments;
    int     length;

    va_start(arguments, format);
    length = vprintf(format, arguments);
    va_end(arguments);
    return length;
}
#endif

#ifndef KERNEL_putchar
int putchar(int character)
{
    uint8_t byte = (uint8_t)character;

    rttm_console_write(&byte, 1);
    return byte;
}
#endif

#ifndef KERNEL_puts
int puts(const char *text)
{
    rttm_console_write((const uint8_t *)text, (uint32_t)strlen(text));
    rttm_console_write((const uint8_t *)"\n", 1);
    return 0;
}
#endif
