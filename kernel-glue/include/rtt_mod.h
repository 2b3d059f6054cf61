/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The module ABI: what a module may call, whatever RT-Thread it is loaded by.
 *
 * - Only fixed-width integers, opaque handles and plain functions cross this border: no struct of the kernel, no
 *   configuration macro, no error number of RT-Thread's.
 * - Functions are only ever added. Whatever breaks a module gets a new major version: a new marker beside the old one.
 * - Text is UTF-8 with a length; it needs no terminating NUL unless its comment says so.
 * - Every function is called from a thread of the module's, never from an interrupt, unless its comment says otherwise.
 *
 * Everything that a binding to another language needs is in this file.
 */
#ifndef RTT_MOD_H
#define RTT_MOD_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the ABI in this header. The major version is in the marker's name as well. */
#define RTTM_ABI_MAJOR 1
#define RTTM_ABI_MINOR 0

/* ---- start and end ------------------------------------------------------------------------------------------- */

/* In `rttm_app.priority`: the priority of the thread that loads the module, that is, the shell's. */
#define RTTM_PRIORITY_DEFAULT 0xFFu

/* In `rttm_app.flags`: the module has no `main`. Others load it to call its functions. */
#define RTTM_APP_LIBRARY 0x02u

/* The exit code of a module that panicked. */
#define RTTM_EXIT_PANIC 101

/* What a module asks of the kernel before its main thread exists. */
struct rttm_app
{
    uint16_t size;        /* sizeof(struct rttm_app) that the module was built with; later fields count as zero */
    uint8_t  priority;    /* of the main thread: 0 (highest) to RT_THREAD_PRIORITY_MAX - 2, or RTTM_PRIORITY_DEFAULT */
    uint8_t  flags;       /* 0 or RTTM_APP_LIBRARY */
    uint32_t stack_bytes; /* of the main thread: 512 to 32768; a library has none */
};

/* The module's own handle: `struct rt_dlmodule` of the kernel that loads it. */
struct rt_dlmodule;

/*
 * The marker of this ABI, and the first call of every module: from `module_init`, with the argument that the loader
 * gives it. Takes over the stack and the priority that `app` asks for, and from then on the module's end.
 *
 * The module's ELF entry is `int32_t main(int32_t argc, char **argv)`. It runs in the module's main thread, and its
 * result is the module's exit code. Each `argv[i]` is NUL-terminated UTF-8 that lives as long as the module: a module
 * whose arguments are not UTF-8 is not started.
 */
void rtt_mod_abi_1(struct rt_dlmodule *module, const struct rttm_app *app);

/* Ends the module that calls, with `code` as its exit code. Does not return. */
void rttm_exit(int32_t code) __attribute__((noreturn));

/* ---- text to the console -------------------------------------------------------------------------------------- */

/* A stream of text that a `RTTM_ARG_FORMAT` callback writes to. */
struct rttm_sink;

/* Kinds of argument, in `rttm_arg.kind`. On a 32-bit kernel the 64-bit kinds have their low word in `a`, their high
 * word in `b`; on a 64-bit kernel `a` has all of it. */
#define RTTM_ARG_STR    0u /* a: const char *, b: length in bytes */
#define RTTM_ARG_U32    1u /* a: uint32_t */
#define RTTM_ARG_I32    2u /* a: int32_t */
#define RTTM_ARG_U64    3u /* a, b: uint64_t */
#define RTTM_ARG_I64    4u /* a, b: int64_t */
#define RTTM_ARG_CHAR   5u /* a: a Unicode scalar value */
#define RTTM_ARG_BOOL   6u /* a: 0 or 1 */
#define RTTM_ARG_FORMAT 7u /* a: void (*)(void *context, struct rttm_sink *sink), b: context. Ignores the specification. */

/* One argument of rttm_print. */
struct rttm_arg
{
    uintptr_t kind;
    uintptr_t a;
    uintptr_t b;
};

/*
 * In a template, two bytes that UTF-8 never uses take the place of the next argument:
 *
 *   RTTM_PLAIN                                 as Rust's `{}`
 *   RTTM_SPEC flags fill width precision       as Rust's `{:…}`; each is one byte
 *
 * `fill` is an ASCII character. `width` is 0 to 255. `precision` is 0 to 254, or RTTM_NO_PRECISION; it cuts
 * RTTM_ARG_STR, RTTM_ARG_CHAR and RTTM_ARG_BOOL to so many characters, and counts for no other kind. The bits of `flags` are RTTM_ALIGN_* | RTTM_PLUS | RTTM_ALTERNATE | RTTM_ZERO | RTTM_RADIX_*.
 * The output is what Rust's `format!` gives for the same specification.
 */
#define RTTM_PLAIN          0xFEu
#define RTTM_SPEC           0xFFu
#define RTTM_NO_PRECISION   0xFFu
#define RTTM_ALIGN_DEFAULT  0x00u /* text to the left, numbers to the right */
#define RTTM_ALIGN_LEFT     0x01u /* `<` */
#define RTTM_ALIGN_CENTER   0x02u /* `^` */
#define RTTM_ALIGN_RIGHT    0x03u /* `>` */
#define RTTM_ALIGN_MASK     0x03u
#define RTTM_PLUS           0x04u /* `+`: a sign in front of positive numbers */
#define RTTM_ALTERNATE      0x08u /* `#`: 0x, 0o or 0b in front */
#define RTTM_ZERO           0x10u /* `0`: zeros between sign and digits, up to the width */
#define RTTM_RADIX_DECIMAL  0x00u
#define RTTM_RADIX_HEX      0x20u /* `x`; of a negative number its two's complement in its own kind's width */
#define RTTM_RADIX_UPPERHEX 0x40u /* `X` */
#define RTTM_RADIX_OCTAL    0x60u /* `o` */
#define RTTM_RADIX_BINARY   0x80u /* `b` */
#define RTTM_RADIX_MASK     0xE0u

/* Prints `template_length` bytes of `template_text` to the console, with one argument for each placeholder, in order. */
void rttm_print(const uint8_t *template_text, uint32_t template_length, const struct rttm_arg *args);

/* Writes `length` bytes of text to `sink`. Only from the callback of a RTTM_ARG_FORMAT. */
void rttm_sink_write(struct rttm_sink *sink, const char *text, uint32_t length);

/*
 * Prints `thread 'NAME' panicked at FILE:LINE:COLUMN:` and `message` on the next line, then ends the module with
 * RTTM_EXIT_PANIC. Does not return. A panic inside of a panic's message ends the module at once.
 */
struct rttm_location
{
    const char *file;
    uint32_t    file_length; /* 0: no place, only `thread 'NAME' panicked:` */
    uint32_t    line;        /* from 1 */
    uint32_t    column;      /* from 1; 0 leaves it out */
};
void rttm_panic(const struct rttm_location *location, const struct rttm_arg *message) __attribute__((noreturn));

/* ---- threads --------------------------------------------------------------------------------------------------- */

/* Puts the calling thread to sleep for at least `milliseconds`, rounded up to the kernel's tick. 0 only yields. */
void rttm_thread_sleep(uint32_t milliseconds);

/*
 * Keeps every other thread out of what the module shares between its threads, from `enter` until `exit`. For a few
 * dozen instructions at most: no other thread runs in between, and on a kernel for one core not even the shell's.
 * Interrupts go on, and don't call either. In between, nothing that may block or that ends the module is called, nor
 * `enter` again: pairs do not nest.
 */
void rttm_critical_enter(void);
void rttm_critical_exit(void);

/* ---- libraries ------------------------------------------------------------------------------------------------- */

/* Results of rttm_library_open. */
#define RTTM_LIBRARY_OPENED    0
#define RTTM_LIBRARY_NOT_FOUND 1 /* there is no such file */
#define RTTM_LIBRARY_REFUSED   2 /* the file can't be loaded; the console has a line that says why */

/* A module that another module has loaded. */
struct rttm_library;

/*
 * Loads the module at `path`, relative to the working directory, and sets `*library` on RTTM_LIBRARY_OPENED. Each call
 * loads a copy with variables of its own. What is not closed before is closed after the module that opened it has ended.
 *
 * The library's functions run in the thread that calls them, so a panic or an exit in them ends the caller's module.
 */
int32_t rttm_library_open(const char *path, uint32_t path_length, struct rttm_library **library);

/* The address of the function that `library` exports as `name`, or NULL. */
void *rttm_library_symbol(struct rttm_library *library, const char *name, uint32_t name_length);

/* Unloads `library`. None of its functions may be running, or be called any more. */
void rttm_library_close(struct rttm_library *library);

#ifdef __cplusplus
}
#endif

#endif /* RTT_MOD_H */
