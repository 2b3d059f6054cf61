/* SPDX-License-Identifier: Apache-2.0 */
/* Finds files, and programs as MSH does. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <string.h>

#include "../port/compat.h"
#include "find.h"

rt_bool_t rttm_is_there(const char *path)
{
    int fd = rttm_open_to_read(path);

    if (fd < 0)
        return RT_FALSE;
    close(fd);
    return RT_TRUE;
}

char *rttm_find_program(const char *name)
{
    rt_bool_t   has_extension = strstr(name, ".mo") != RT_NULL || strstr(name, ".MO") != RT_NULL;
    const char *extension = has_extension ? "" : ".mo";
    char       *path = rt_malloc(sizeof "/bin/" + strlen(name) + strlen(extension));

    if (path == RT_NULL)
        return RT_NULL;
    rt_sprintf(path, "%s%s", name, extension);
    if (rttm_is_there(path))
        return path;
    rt_sprintf(path, "/bin/%s%s", name, extension);
    if (rttm_is_there(path))
        return path;
    rt_free(path);
    return RT_NULL;
}

#endif /* RT_USING_MODULE */
