/* SPDX-License-Identifier: Apache-2.0 */
/* What handles assertions, those of the kernel's as well as RT_ASSERT in a module. */
#ifndef RTTM_ASSERTION_H
#define RTTM_ASSERTION_H

#include <rtthread.h>

/*
 * Linked in place of the kernel's handler: `expression` is false in `function`, at `line` of its file. Ends the module that runs
 * here, and stops the thread if no module does, or if it can't be ended.
 */
void __wrap_rt_assert_handler(const char *expression, const char *function, rt_size_t line);

/* The kernel's. Weak: a kernel without assertions has none, and calls none. */
void __real_rt_assert_handler(const char *expression, const char *function, rt_size_t line) __attribute__((weak));

#endif /* RTTM_ASSERTION_H */
