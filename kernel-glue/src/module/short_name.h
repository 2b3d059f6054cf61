/* SPDX-License-Identifier: Apache-2.0 */
/* The names of modules. */
#ifndef RTTM_SHORT_NAME_H
#define RTTM_SHORT_NAME_H

#include <rtthread.h>

/* How much of `name`, of `length` bytes, the kernel can keep: RT_NAME_MAX - 1 bytes, cut at the end of a character. */
rt_size_t rttm_name_length(const char *name, rt_size_t length);

/* The name of the module at `path`: the name of the file without its extension, cut to RT_NAME_MAX - 1 bytes. */
void rttm_short_name(const char *path, char name[RT_NAME_MAX]);

#endif /* RTTM_SHORT_NAME_H */
