/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What RT-Thread's own string.h lacks.
 */
#ifndef MORE_STRING_H
#define MORE_STRING_H

#include_next <string.h>

/* The first of `length` bytes that is `byte`, or a null pointer. */
void *memchr(const void *bytes, int byte, size_t length);

/* The first character of `text` that is one of `wanted`, or a null pointer. */
char *strpbrk(const char *text, const char *wanted);

#endif /* MORE_STRING_H */
