/* SPDX-License-Identifier: Apache-2.0 */
/* Names as short as the kernel keeps them, and that of a module, from the path of its file. */
#include "short_name.h"

rt_size_t rttm_name_length(const char *name, rt_size_t length)
{
    if (length <= RT_NAME_MAX - 1)
        return length;
    length = RT_NAME_MAX - 1;
    while (length > 0 && (name[length] & 0xC0) == 0x80)
        length--;
    return length;
}

/*
 * The part between the last '/' and the last '.', cut: with RT_NAME_MAX characters or more, dlmodule overwrites the type
 * of the module's kernel object.
 */
void rttm_short_name(const char *path, char name[RT_NAME_MAX])
{
    const char *first = path;
    const char *end = RT_NULL;
    rt_size_t   length;

    for (; *path != '\0'; path++)
    {
        if (*path == '/')
        {
            first = path + 1;
            end = RT_NULL;
        }
        if (*path == '.')
            end = path;
    }
    length = rttm_name_length(first, (rt_size_t)((end != RT_NULL ? end : path) - first));
    rt_memcpy(name, first, length);
    name[length] = '\0';
}
