/* SPDX-License-Identifier: Apache-2.0 */
/* <assert.h>, where the compiler has no C library. */
#ifndef RTTM_ASSERT_H
#define RTTM_ASSERT_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

void __assert_func(const char *file, int line, const char *function, const char *expression) __attribute__((noreturn));

#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
#define assert(expression) ((expression) ? (void)0 : __assert_func(__FILE__, __LINE__, __func__, #expression))
#endif

#ifdef __cplusplus
}
#endif

#endif /* RTTM_ASSERT_H */
