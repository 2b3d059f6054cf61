/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_VERIFY_H
#define RTTM_VERIFY_H

#include <rtthread.h>

/* What loading a file will take. */
struct rttm_image
{
    rt_uint32_t bytes;        /* of heap for the image */
    rt_uint32_t symbol_bytes; /* of heap for the names that it exports, at most */
    rt_bool_t   has_entry;
    rt_uint32_t linked_at; /* the address of its first byte before relocation */
};

/*
 * Looks through the `length` bytes of a module file for all that dlmodule reads without looking: tables, offsets, links,
 * names, the places of relocations. `file` is aligned as rt_malloc aligns. Fills in `image` and returns RT_NULL, or
 * returns what is wrong with the file.
 */
const char *rttm_verify(const rt_uint8_t *file, rt_uint32_t length, struct rttm_image *image);

/*
 * Calls `missing` for each function that a verified `file` imports and the kernel does not export. To dlmodule one of
 * them is enough to refuse every module until reboot.
 */
void rttm_find_missing_imports(const rt_uint8_t *file, void (*missing)(const char *name, void *context), void *context);

#endif /* RTTM_VERIFY_H */
