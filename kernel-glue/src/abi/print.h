/* SPDX-License-Identifier: Apache-2.0 */
/* Formats the templates of `rttm_print`. Knows no kernel: compiles for the host as well. */
#ifndef RTTM_PRINT_H
#define RTTM_PRINT_H

#include "rtt_mod.h"

/* Where formatted text goes. Embed it as the first member of the thing that takes the text. */
struct rttm_sink
{
    /* Takes `length` bytes of text; `length` is not 0. */
    void (*write)(struct rttm_sink *sink, const char *text, uint32_t length);
};

/*
 * Writes `length` bytes of template to `sink`, with one of `args` in place of each placeholder. The output is what
 * Rust's `format!` gives. A placeholder that is cut off by the template's end writes nothing.
 */
void rttm_format(struct rttm_sink *sink, const uint8_t *template_text, uint32_t length, const struct rttm_arg *args);

#endif /* RTTM_PRINT_H */
