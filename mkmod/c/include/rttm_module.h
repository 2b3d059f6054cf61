/* SPDX-License-Identifier: Apache-2.0 */
/* What a module in C or C++ says of itself. `mkmod cc` and `mkmod c++` find this header and rtt_mod.h. */
#ifndef RTTM_MODULE_H
#define RTTM_MODULE_H

#include <rtt_mod.h>

#ifdef __cplusplus
#define RTTM_C extern "C"
#else
#define RTTM_C extern
#endif

/*
 * Makes the file a program of the module ABI, whose main thread has a stack of `stack_bytes` bytes and the priority
 * `thread_priority`: RTTM_PRIORITY_DEFAULT is that of the shell. Write it once, outside of functions.
 */
#define RTTM_PROGRAM(stack_size, thread_priority)                                                 \
    RTTM_C void module_init(struct rt_dlmodule *module);                                          \
    RTTM_C void module_init(struct rt_dlmodule *module)                                           \
    {                                                                                             \
        static const struct rttm_app app = {sizeof app, thread_priority, 0, stack_size, 0, 0, 0}; \
                                                                                                  \
        rtt_mod_abi_1(module, &app);                                                              \
    }

/* The same for a library, which has no main thread. */
#define RTTM_LIBRARY()                                                                                        \
    RTTM_C void module_init(struct rt_dlmodule *module);                                                      \
    RTTM_C void module_init(struct rt_dlmodule *module)                                                       \
    {                                                                                                         \
        static const struct rttm_app app = {sizeof app, RTTM_PRIORITY_DEFAULT, RTTM_APP_LIBRARY, 0, 0, 0, 0}; \
                                                                                                              \
        rtt_mod_abi_1(module, &app);                                                                          \
    }

/* Lets dlsym find `function` by its name: in C++ it is declared extern "C". */
#define RTTM_EXPORT(function) \
    __attribute__((section(".rtt_mod.exports"), used)) static const char rttm_export_##function[] = #function

#endif /* RTTM_MODULE_H */
