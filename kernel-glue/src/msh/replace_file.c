/* SPDX-License-Identifier: Apache-2.0 */
/* Replaces a file by a new one. A module is checked before, so that the old one stays if the new one would not load. */
#include "../port/groups.h"
#if defined(RTT_MOD_USING_RECEIVE) || defined(RTT_MOD_USING_SERVE)

#include <string.h>

#include "../module/load_file.h"
#include "replace_file.h"

/* The suffix of a file that is not complete. */
#define PART ".part"

char *rttm_part_of(const char *path)
{
    char *part = rt_malloc(strlen(path) + sizeof PART);

    if (part != RT_NULL)
        rt_sprintf(part, "%s" PART, path);
    return part;
}

static rt_bool_t replace_is_module(const char *path)
{
    const char *extension = strrchr(path, '.');

    return extension != RT_NULL && (strcmp(extension, ".mo") == 0 || strcmp(extension, ".MO") == 0);
}

rt_bool_t rttm_replace_file(const char *path, const char *part)
{
    if (replace_is_module(path) && !rttm_check_file(part))
    {
        unlink(part);
        return RT_FALSE;
    }
    unlink(path); /* FAT does not rename over a file */
    if (rename(part, path) == 0)
        return RT_TRUE;
    rt_kputs(part);
    rt_kprintf(": the file stays here, because it can't be renamed\n");
    return RT_FALSE;
}

#endif /* RTT_MOD_USING_RECEIVE || RTT_MOD_USING_SERVE */
