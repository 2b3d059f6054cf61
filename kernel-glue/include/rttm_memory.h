/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Modules that are no files: in flash, in a buffer that the network has filled, in an array. For the firmware; with
 * RTT_MOD_USING_MEMORY. A module in Rust uses `rtt_mod::dl::Library::from_bytes`.
 *
 * The bytes are those of a `.mo` file. They need no alignment, and may be changed or freed when the function returns.
 */
#ifndef RTTM_MEMORY_H
#define RTTM_MEMORY_H

#include <stdint.h>

struct rt_dlmodule;

/*
 * Loads a library, as dlmodule_load does from a file: dlsym finds its functions, and dlclose unloads it. `name` is what
 * `mod list` and messages call it. NULL if it is refused; the console then says why.
 */
struct rt_dlmodule *rttm_load_memory(const void *bytes, uint32_t length, const char *name);

/*
 * Starts a program, as dlmodule_exec does from a file. The words of `command_line` are its arguments, the first of them its
 * own name. NULL if it is refused, and for a resident module, which stays.
 */
struct rt_dlmodule *rttm_exec_memory(const void *bytes, uint32_t length, const char *name, const char *command_line);

#endif /* RTTM_MEMORY_H */
