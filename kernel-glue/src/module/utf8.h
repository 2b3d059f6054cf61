/* SPDX-License-Identifier: Apache-2.0 */
/* The encoding of arguments. */
#ifndef RTTM_UTF8_H
#define RTTM_UTF8_H

#include <rtthread.h>

/* Whether the NUL-terminated `text` is UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
rt_bool_t rttm_is_utf8(const char *text);

#endif /* RTTM_UTF8_H */
