/* SPDX-License-Identifier: Apache-2.0 */
/* Splits a line of settings, and puts it together again in another form. */
#include "k.h"

static const char line[] = "name=pump-3, speed=1450, unit=rpm, place=north wall, mode=auto, limit=1600";

static int put(char **into, unsigned *room, const char *start, unsigned length)
{
    if (length > *room)
        return 0;
    memcpy(*into, start, length);
    *into += length;
    *room -= length;
    return 1;
}

/* `NAME: value; ` of each setting, with the name in capitals. The block is the caller's. */
static char *convert(unsigned *length)
{
    char    *text = rt_malloc(128), *into = text;
    unsigned room = 127;
    for (const char *at = line; text && *at;)
    {
        const char *end = at;
        while (*end && *end != ',')
            end++;
        const char *middle = at;
        while (middle < end && *middle != '=')
            middle++;
        char *name = into;
        if (!put(&into, &room, at, middle - at) || !put(&into, &room, ": ", 2) ||
            !put(&into, &room, middle + 1, end - middle - 1) || !put(&into, &room, "; ", 2))
            break;
        for (; *name != ':'; name++)
            if (*name >= 'a' && *name <= 'z')
                *name -= 'a' - 'A';
        at = *end ? end + 2 : end;
    }
    if (text)
        *into = 0;
    *length = into - text;
    return text;
}

int main(void)
{
    MARK;
    unsigned all = 0, length;
    for (int i = 0; i < 20; i++)
    {
        char *text = convert(&length);
        if (!text)
            return 1;
        all += length;
        if (i == 19)
            rt_kprintf("%s\n", text);
        rt_free(text);
    }
    rt_kprintf("%d bytes\n", all);
    MARK;
    return 0;
}
