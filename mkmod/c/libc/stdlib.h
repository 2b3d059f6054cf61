/* SPDX-License-Identifier: Apache-2.0 */
/* What of <stdlib.h> a module gets where the compiler has no C library. */
#ifndef RTTM_STDLIB_H
#define RTTM_STDLIB_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void *malloc(size_t bytes);
void *calloc(size_t count, size_t bytes);
void *realloc(void *block, size_t bytes);
void  free(void *block);
void  abort(void) __attribute__((noreturn));
void  exit(int code) __attribute__((noreturn));
int   atoi(const char *text);
long  strtol(const char *text, char **end, int base);
int   atexit(void (*function)(void));

#ifdef __cplusplus
}
#endif

#endif /* RTTM_STDLIB_H */
