/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The loader: a static library in Rust (loader/firmware), which reads, verifies, places and relocates a module.
 *
 * It keeps nothing, allocates nothing and never panics. What it needs, it asks the kernel for, through functions that get
 * the `context` of struct rttm_loader_kernel. loader/firmware/src/bindings.rs is made from this file.
 */
#ifndef RTTM_LOADER_H
#define RTTM_LOADER_H

#include <stdint.h>

#include "functions.h"

/* The errors for which a file is refused. Their text is in load_errors.c. */
enum rttm_load_error_kind
{
    RTTM_LOAD_ERROR_DEVICE,      /* the file can't be read */
    RTTM_LOAD_ERROR_NO_ELF,      /* it is no ELF file */
    RTTM_LOAD_ERROR_CUT,         /* it ends too early */
    RTTM_LOAD_ERROR_MACHINE,     /* it is for another machine: of other words, byte order or instructions */
    RTTM_LOAD_ERROR_KIND,        /* it is no shared object */
    RTTM_LOAD_ERROR_NOTE,        /* its note is damaged */
    RTTM_LOAD_ERROR_OLD,         /* it is of an earlier version of the file format */
    RTTM_LOAD_ERROR_CHECKSUM,    /* it is not the file that its note was written for */
    RTTM_LOAD_ERROR_NO_NOTE,     /* it uses the module ABI, and has no note */
    RTTM_LOAD_ERROR_CHANGED,     /* it was written to while it was loaded */
    RTTM_LOAD_ERROR_TABLES,      /* its tables are not those of a module */
    RTTM_LOAD_ERROR_CTORS,       /* it lists functions to be called before its constructors */
    RTTM_LOAD_ERROR_NO_IMAGE,    /* it has nothing to load */
    RTTM_LOAD_ERROR_ALIGNMENT,   /* the segment with this number is aligned to more than 4096 bytes */
    RTTM_LOAD_ERROR_SEGMENT,     /* the segment with this number is damaged */
    RTTM_LOAD_ERROR_SECTION,     /* the section with this number is damaged */
    RTTM_LOAD_ERROR_SYMBOL,      /* the symbol with this number is damaged, or one that no module can have */
    RTTM_LOAD_ERROR_CODE,        /* the entry, or the symbol with this number, is no code of this processor */
    RTTM_LOAD_ERROR_UNSUPPORTED, /* no loader does relocations of this type: `number`, at the address `place` */
    RTTM_LOAD_ERROR_RELOCATION,  /* the relocation of type `number` at the address `place` is damaged */
    RTTM_LOAD_ERROR_MISSING,     /* the kernel does not export `name` */
};

struct rttm_load_error
{
    uint32_t    kind;
    uint32_t    number;
    uint32_t    place;
    const char *name; /* of the symbol that it is about, or NULL; good until the call returns */
};

/* What the note of a module says. */
struct rttm_claims
{
    uint16_t    abi_major;
    uint16_t    abi_minor;
    uint32_t    largest_frame;       /* at the end of a stack, in bytes; 0: it does not say */
    uint8_t     stack_is_proven;     /* the stack that it asks for can't overflow */
    uint8_t     timers_need_threads; /* soft timers may need more stack than the worker has */
    uint8_t     is_in_memheap;       /* its image is to be in a memheap: the text behind `target` is its name */
    uint8_t     build_id[8];
    const char *target; /* what it was compiled for, as rustc calls it; NULL if it does not say */
};

/* What a module needs memory for. */
struct rttm_need
{
    uint32_t image_bytes;
    uint32_t code_bytes; /* of them, from the start on: what may be instructions */
    uint32_t alignment;  /* of the image: a power of two */
};

/* A module that is loaded. Nothing of its code has run, and its caches are not clean. */
struct rttm_loaded
{
    uintptr_t entry; /* `main`; 0: a library */

    struct rttm_functions constructors; /* to be called before all others */
    struct rttm_functions destructors;  /* to be called last, from the last to the first */

    uintptr_t init;        /* `module_init`, or 0 */
    uintptr_t cleanup;     /* `module_cleanup`, or 0 */
    uint32_t  priority;    /* what `dlmodule_thread_priority` holds, or RTTM_UNSAID */
    uint32_t  stack_bytes; /* what `dlmodule_thread_stacksize` holds, or RTTM_UNSAID */
};

#define RTTM_UNSAID 0xFFFFFFFFu

/* What the loader asks of the kernel. */
struct rttm_loader_kernel
{
    void    *context;
    uint32_t file_bytes;

    /* Reads `length` bytes at `offset`, which lie in the file. Not 0 when that fails. */
    int32_t (*read)(void *context, uint32_t offset, void *bytes, uint32_t length);

    /* The address of what the kernel exports as `name`, or 0. */
    uintptr_t (*find)(const char *name);

    /* Is called with each error in the file. */
    void (*refuse)(void *context, const struct rttm_load_error *error);

    /*
     * Whether this kernel runs a module for which its ELF flags and its note say that. `claims` is NULL without a note. It
     * is called before the checksum is compared.
     */
    int32_t (*accept)(void *context, uint32_t flags, const struct rttm_claims *claims);

    /* The memory for the image, or NULL. Called even if the module is not accepted. */
    void *(*allocate)(void *context, const struct rttm_need *need);

    /* Makes room for `count` functions, whose names have `name_bytes` with their NULs. 0: there is none. */
    int32_t (*allocate_exports)(void *context, uint32_t count, uint32_t name_bytes);

    /* Keeps a function that the module exports, for dlsym. */
    void (*keep)(void *context, const char *name, uintptr_t address);
};

/* Loads a module. 0 when it is refused. */
int32_t rttm_loader_load(const struct rttm_loader_kernel *kernel, struct rttm_loaded *loaded);

#endif /* RTTM_LOADER_H */
