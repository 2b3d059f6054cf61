/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include <rtthread.h>
#include <string.h>

void *memchr(const void *bytes, int byte, size_t length)
{
    const unsigned char *at = bytes;

    for (; length > 0; at++, length--)
    {
        if (*at == (unsigned char)byte)
            return (void *)at;
    }
    return RT_NULL;
}

char *strpbrk(const char *text, const char *wanted)
{
    for (; *text != '\0'; text++)
    {
        if (strchr(wanted, *text) != RT_NULL)
            return (char *)text;
    }
    return RT_NULL;
}
