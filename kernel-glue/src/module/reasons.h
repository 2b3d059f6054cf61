/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_REASONS_H
#define RTTM_REASONS_H

#include <rtthread.h>

#include "loader.h"

/* The reasons to refuse a file, as far as they are told. */
struct rttm_reasons
{
    const char *path;
    rt_uint32_t count;
    rt_uint32_t kinds;     /* a bit for each that was told */
    rt_bool_t   in_names;  /* the line of missing names has no end yet */
    rt_uint16_t abi_major; /* what the module's note asks for; 0: it has none */
    rt_uint16_t abi_minor;
};

/* Prints a reason. */
void rttm_reasons_tell(struct rttm_reasons *reasons, const struct rttm_reason *reason);

/* Prints a reason in the kernel's own words. */
void rttm_reasons_say(struct rttm_reasons *reasons, const char *words);

/* Prints that there is no memory for a module with an image of so many bytes. */
void rttm_reasons_memory(struct rttm_reasons *reasons, rt_uint32_t image_bytes);

/* Ends the last line, and says how many reasons there are more. */
void rttm_reasons_end(struct rttm_reasons *reasons);

#endif /* RTTM_REASONS_H */
