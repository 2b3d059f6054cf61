/* SPDX-License-Identifier: Apache-2.0 */
/* What of <string.h> a module gets where the compiler has no C library. */
#ifndef RTTM_STRING_H
#define RTTM_STRING_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void  *memcpy(void *to, const void *from, size_t bytes);
void  *memmove(void *to, const void *from, size_t bytes);
void  *memset(void *place, int value, size_t bytes);
int    memcmp(const void *left, const void *right, size_t bytes);
void  *memchr(const void *place, int value, size_t bytes);
size_t strlen(const char *text);
int    strcmp(const char *left, const char *right);
int    strncmp(const char *left, const char *right, size_t bytes);
char  *strchr(const char *text, int character);
char  *strrchr(const char *text, int character);
char  *strstr(const char *text, const char *part);
char  *strcpy(char *to, const char *from);
char  *strncpy(char *to, const char *from, size_t bytes);
char  *strcat(char *to, const char *from);

#ifdef __cplusplus
}
#endif

#endif /* RTTM_STRING_H */
