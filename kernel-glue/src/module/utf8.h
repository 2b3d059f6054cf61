/* SPDX-License-Identifier: Apache-2.0 */
/* Text that is not ours: whether it is UTF-8, and how it is printed. */
#ifndef RTTM_UTF8_H
#define RTTM_UTF8_H

#include <rtthread.h>

/* Whether the NUL-terminated `text` is UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
rt_bool_t rttm_is_utf8(const char *text);

/* Prints text of a file. Control characters are printed as `\u{1b}`, as mkmod does, and do not reach the terminal. */
void rttm_put_escaped(const char *text);

#endif /* RTTM_UTF8_H */
