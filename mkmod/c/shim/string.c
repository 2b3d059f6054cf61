/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions of <string.h> that most programs use. KERNEL_NAME is defined for each that the kernel exports. No loop may
 * become a call of the function that it is in: -fno-tree-loop-distribute-patterns.
 */
#include <stddef.h>

void  *memcpy(void *to, const void *from, size_t bytes);
size_t strlen(const char *text);
int    strncmp(const char *left, const char *right, size_t bytes);
char  *strcpy(char *to, const char *from);

#ifndef KERNEL_memcpy
void *memcpy(void *to, const void *from, size_t bytes)
{
    char       *into = to;
    const char *next = from;

    while (bytes-- > 0)
        *into++ = *next++;
    return to;
}
#endif

#ifndef KERNEL_memmove
void *memmove(void *to, const void *from, size_t bytes)
{
    char       *into = to;
    const char *next = from;

    if (into <= next)
        return memcpy(to, from, bytes);
    while (bytes-- > 0)
        into[bytes] = next[bytes];
    return to;
}
#endif

#ifndef KERNEL_memset
void *memset(void *place, int value, size_t bytes)
{
    char *into = place;

    while (bytes-- > 0)
        *into++ = (char)value;
    return place;
}
#endif

#ifndef KERNEL_memcmp
int memcmp(const void *left, const void *right, size_t bytes)
{
    const unsigned char *a = left;
    const unsigned char *b = right;

    for (; bytes > 0; bytes--, a++, b++)
    {
        if (*a != *b)
            return *a - *b;
    }
    return 0;
}
#endif

#ifndef KERNEL_memchr
void *memchr(const void *place, int value, size_t bytes)
{
    const unsigned char *next = place;

    for (; bytes > 0; bytes--, next++)
    {
        if (*next == (unsigned char)value)
            return (void *)next;
    }
    return NULL;
}
#endif

#ifndef KERNEL_strlen
size_t strlen(const char *text)
{
    const char *end = text;

    while (*end != '\0')
        end++;
    return (size_t)(end - text);
}
#endif

#ifndef KERNEL_strncmp
int strncmp(const char *left, const char *right, size_t bytes)
{
    for (; bytes > 0; bytes--, left++, right++)
    {
        if (*left != *right || *left == '\0')
            return (unsigned char)*left - (unsigned char)*right;
    }
    return 0;
}
#endif

#ifndef KERNEL_strcmp
int strcmp(const char *left, const char *right)
{
    return strncmp(left, right, (size_t)-1);
}
#endif

#ifndef KERNEL_strchr
char *strchr(const char *text, int character)
{
    for (;; text++)
    {
        if (*text == (char)character)
            return (char *)text;
        if (*text == '\0')
            return NULL;
    }
}
#endif

#ifndef KERNEL_strrchr
char *strrchr(const char *text, int character)
{
    const char *found = NULL;

    for (;; text++)
    {
        if (*text == (char)character)
            found = text;
        if (*text == '\0')
            return (char *)found;
    }
}
#endif

#ifndef KERNEL_strstr
char *strstr(const char *text, const char *part)
{
    size_t length = strlen(part);

    for (;; text++)
    {
        if (strncmp(text, part, length) == 0)
            return (char *)text;
        if (*text == '\0')
            return NULL;
    }
}
#endif

#ifndef KERNEL_strcpy
char *strcpy(char *to, const char *from)
{
    memcpy(to, from, strlen(from) + 1);
    return to;
}
#endif

#ifndef KERNEL_strncpy
char *strncpy(char *to, const char *from, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++)
    {
        to[i] = *from;
        if (*from != '\0')
            from++;
    }
    return to;
}
#endif

#ifndef KERNEL_strcat
char *strcat(char *to, const char *from)
{
    strcpy(to + strlen(to), from);
    return to;
}
#endif
