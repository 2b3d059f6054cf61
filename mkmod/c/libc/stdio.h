/* SPDX-License-Identifier: Apache-2.0 */
/* What of <stdio.h> a module gets where the compiler has no C library. */
#ifndef RTTM_STDIO_H
#define RTTM_STDIO_H

#include <stddef.h>
#include <stdarg.h>

#ifdef __cplusplus
extern "C" {
#endif

int printf(const char *format, ...) __attribute__((format(printf, 1, 2)));
int vprintf(const char *format, va_list arguments);
int snprintf(char *text, size_t bytes, const char *format, ...) __attribute__((format(printf, 3, 4)));
int vsnprintf(char *text, size_t bytes, const char *format, va_list arguments);
int sprintf(char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
int putchar(int character);
int puts(const char *text);

#ifdef __cplusplus
}
#endif

#endif /* RTTM_STDIO_H */
