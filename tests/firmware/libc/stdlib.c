/*
 * SPDX-License-Identifier: Apache-2.0
 */
#include <stdlib.h>
#include <string.h> /* which has strtol */

/* RT-Thread's strtol has no limit at which it would stop. */
unsigned long strtoul(const char *text, char **end, int base)
{
    return (unsigned long)strtol(text, end, base);
}
