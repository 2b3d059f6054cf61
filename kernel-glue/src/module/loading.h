/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a load: the file in pieces, its errors, its processor, what the kernel exports, what the module exports. */
#ifndef RTTM_LOADING_H
#define RTTM_LOADING_H

#include <stdint.h>

#include <rtthread.h>
#include <dlmodule.h>
#include <rtm.h>

#include "../port/groups.h"
#include "source.h"

struct rttm_load_error;

/* ---- the file (file_pieces.c) -------------------------------------------------------------------------- */

/* Before there is an image, and beside it: one half. The first is a sector: all that is in front of the image, as a rule. */
#define RTTM_PIECE_BYTES       512u
#define RTTM_SMALL_PIECE_BYTES (RTTM_PIECE_BYTES / 2)

/* An open file and the piece of it that was read last, or bytes in memory. */
struct rttm_pieces
{
#ifdef RTT_MOD_USING_MEMORY
    const rt_uint8_t *bytes; /* RT_NULL: a file */
#endif
    int         fd;
    rt_uint32_t file_bytes;
    rt_uint32_t position; /* of the file; a seek takes time */
    rt_uint32_t piece_offset;
    rt_uint32_t piece_filled; /* bytes that were read */
    rt_uint32_t piece_bytes;  /* that there is room for */
    rt_uint8_t *piece;
};

/* Begins with `source`, whose file is `fd`; `file` is all zeros. RT_NULL, or the error. */
const char *rttm_pieces_begin(struct rttm_pieces *file, const struct rttm_source *source, int fd);

/* Ends with the file. */
void rttm_pieces_end(struct rttm_pieces *file);

/* Gives back the memory that the image may need. */
void rttm_pieces_shrink(struct rttm_pieces *file);

/* Reads `length` bytes at `offset`, which lie in the file. */
rt_bool_t rttm_pieces_read(struct rttm_pieces *file, rt_uint32_t offset, void *bytes, rt_uint32_t length);

/* ---- errors (load_errors.c) -------------------------------------------------------------------------------------- */

/* The errors in a file, as far as they are printed. */
struct rttm_load_errors
{
    const char *path;
    rt_uint32_t count;
    rt_uint32_t kinds;     /* a bit for each that was printed */
    rt_bool_t   in_names;  /* the line of missing names has no end yet */
    rt_uint16_t abi_major; /* what the module's note asks for; 0: it has none */
    rt_uint16_t abi_minor;
    const char *unaccepted; /* why this kernel does not run the module, or RT_NULL */
};

/* Prints an error. */
void rttm_load_errors_add(struct rttm_load_errors *errors, const struct rttm_load_error *error);

/* Prints an error with this text. */
void rttm_load_errors_add_text(struct rttm_load_errors *errors, const char *text);

/* Prints that there is no memory for a module whose image has `image_bytes` bytes. */
void rttm_load_errors_add_memory(struct rttm_load_errors *errors, rt_uint32_t image_bytes);

#ifdef RTT_MOD_USING_MEMHEAP
/* The same where the image is to be in `memheap`. */
void rttm_load_errors_add_memheap(struct rttm_load_errors *errors, const struct rt_memheap *memheap,
                                  rt_uint32_t image_bytes);
#endif

/* Prints why the module is not accepted, unless the file is another than it was; ends the last line, and prints how many
 * more errors there are. */
void rttm_load_errors_end(struct rttm_load_errors *errors);

/* ---- the processor that the module was built for (processor.c) ---------------------------------------------------- */

/* Whether a module with these flags in its ELF header passes floating-point numbers as the kernel. RT_NULL, or an error. */
const char *rttm_check_flags(rt_uint32_t flags);

/* Whether this processor runs code for `target`, as rustc calls it, or RT_NULL. RT_NULL, or an error. */
const char *rttm_check_target(const char *target);

/* ---- what the kernel exports (exports.c) -------------------------------------------------------------------------- */

/* The address of what the kernel exports as `name` (RTM_EXPORT), or 0. */
#ifdef RTT_MOD_USING_LOOKUP
uintptr_t rttm_find_export(const char *name);
#else
rt_inline uintptr_t rttm_find_export(const char *name)
{
    return dlmodule_symbol_find(name);
}
#endif

/* ---- what the module exports, for dlsym (symbols.c) ---------------------------------------------------------------- */

/* A table as dlmodule has it, but in one block with the names behind it. */
struct rttm_symbols
{
    struct rt_module_symtab *table; /* RT_NULL: the module exports nothing */
    char                    *names; /* where the next name goes */
    rt_uint16_t              count;
};

/* Makes room for `count` functions, whose names have `name_bytes` with their NULs. `symbols` is all zeros. */
rt_bool_t rttm_symbols_allocate(struct rttm_symbols *symbols, rt_uint32_t count, rt_uint32_t name_bytes);

/* Adds one, for which there is room. */
void rttm_symbols_add(struct rttm_symbols *symbols, const char *name, void *address);

#endif /* RTTM_LOADING_H */
