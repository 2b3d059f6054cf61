/* SPDX-License-Identifier: Apache-2.0 */
/* Formats the templates of rttm_print. Does not depend on the kernel, so it compiles for a PC as well. */
#ifndef RTTM_PRINT_H
#define RTTM_PRINT_H

#include "rtt_mod.h"

/* The destination of formatted text. It is the first member of a struct that has the state of the destination. */
struct rttm_sink
{
    /* Writes `length` bytes of text; `length` is not 0. */
    void (*write)(struct rttm_sink *sink, const char *text, uint32_t length);
};

/*
 * Formats a template of `length` bytes into `sink`, with one of `args` for each placeholder. The output is that of
 * Rust's `format!`. A placeholder that the end of the template cuts off writes nothing.
 */
void rttm_format(struct rttm_sink *sink, const uint8_t *template_text, uint32_t length, const struct rttm_arg *args);

#endif /* RTTM_PRINT_H */
