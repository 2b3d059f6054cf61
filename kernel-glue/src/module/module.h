/* SPDX-License-Identifier: Apache-2.0 */
/* What the glue knows of a running module. */
#ifndef RTTM_MODULE_H
#define RTTM_MODULE_H

#include "../port/compat.h"
#include "kernel_module.h"
#include "rtt_mod.h"

/* No module shares the priority of the thread that frees modules: it would be freed in the middle of a call. */
#define RTTM_PRIORITY_LOWEST (RTTM_PRIORITY_OF_FREEING - 1)

/* Of the main thread. */
#define RTTM_STACK_BYTES_MIN 512u
#define RTTM_STACK_BYTES_MAX 32768u

/*
 * The record of a module that speaks our ABI. It lies on the stack of the module's main thread: the kernel frees that
 * stack after all else of the module, so the record costs no heap and can't be left behind.
 */
struct rttm_module
{
    rt_dlmodule_entry_func_t entry;     /* the program's `main` */
    rt_thread_t              panicking; /* the thread that prints a panic last, or RT_NULL */
};

/* Whether `module` is a program that called `rtt_mod_abi_1`. */
rt_bool_t rttm_module_speaks_abi(const struct rt_dlmodule *module);

/* The record of `module`, or RT_NULL while its main thread has not started and for modules without our ABI. */
struct rttm_module *rttm_module_record(const struct rt_dlmodule *module);

/* The loaded module at `position`, the newest first, or RT_NULL behind the last one. In a critical section. */
struct rt_dlmodule *rttm_module_at(int position);

/*
 * The module that `thread` runs for, or RT_NULL. In 5.x child threads do not know their module; then it is the one whose
 * image has the thread's entry function, or whose library has it.
 */
struct rt_dlmodule *rttm_module_of_thread(rt_thread_t thread);

/*
 * The thread at `position` among those that `module` made, or RT_NULL behind the last; its main thread is not one of
 * them. Call it in a critical section.
 */
rt_thread_t rttm_module_thread(const struct rt_dlmodule *module, int position);

#endif /* RTTM_MODULE_H */
