/* SPDX-License-Identifier: Apache-2.0 */
/* The names of modules. */
#ifndef RTTM_SHORT_NAME_H
#define RTTM_SHORT_NAME_H

#include <rtthread.h>

/* The name that the module at `path` has among the kernel's modules: without folders and extension, and cut. */
void rttm_short_name(const char *path, char name[RT_NAME_MAX]);

#endif /* RTTM_SHORT_NAME_H */
