/* SPDX-License-Identifier: Apache-2.0 */
/* The names of modules. */
#ifndef RTTM_SHORT_NAME_H
#define RTTM_SHORT_NAME_H

#include <rtthread.h>

/* The name of the module at `path`: the name of the file without its extension, cut to RT_NAME_MAX - 1 bytes. */
void rttm_short_name(const char *path, char name[RT_NAME_MAX]);

#endif /* RTTM_SHORT_NAME_H */
