/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What RT-Thread's own stdlib.h lacks.
 */
#ifndef MORE_STDLIB_H
#define MORE_STDLIB_H

#include_next <stdlib.h>

unsigned long strtoul(const char *text, char **end, int base);

#endif /* MORE_STDLIB_H */
