/* SPDX-License-Identifier: Apache-2.0 */
/* What a module is loaded from: a file, or bytes in memory. */
#ifndef RTTM_SOURCE_H
#define RTTM_SOURCE_H

#include <rtthread.h>

struct rttm_source
{
    const char *path;   /* of the file, or what messages call the bytes; the module's name is derived from it */
    const void *bytes;  /* RT_NULL: those of the file */
    rt_uint32_t length; /* of the bytes */
};

/* The file at `path`. */
rt_inline struct rttm_source rttm_source_file(const char *path)
{
    struct rttm_source source = {path, RT_NULL, 0};

    return source;
}

#endif /* RTTM_SOURCE_H */
