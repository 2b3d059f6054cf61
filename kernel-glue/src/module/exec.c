/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs programs, in place of the kernel's `dlmodule_load` and `dlmodule_exec`, which are linked with
 * `-Wl,--wrap=dlmodule_load,--wrap=dlmodule_exec`.
 *
 * The kernel's own functions do not verify the file, give every program 2048 bytes of stack, run programs without a
 * priority of their own at that of the idle thread, and drop the result of `main`.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "end.h"
#include "exec.h"
#include "load.h"
#include "log.h"
#include "main_thread.h"
#include "refuse.h"
#include "rttm_memory.h"
#include "../contain/cancel.h"

/* The linker replaces calls of dlmodule_load and dlmodule_exec in other files by these. */
struct rt_dlmodule *__wrap_dlmodule_load(const char *path);
struct rt_dlmodule *__wrap_dlmodule_exec(const char *path, const char *command_line, int length);

enum rttm_loaded rttm_exec_prepare_from(const struct rttm_source *source, const char *command_line,
                                        struct rttm_module **module)
{
    enum rttm_loaded loaded = rttm_load_from(source, RTTM_USE_PROGRAM, module);

    if (loaded != RTTM_LOADED_TO_USE || rttm_make_main_thread(*module, command_line))
        return loaded;
    rttm_refuse_thread(source->path, (*module)->stack_bytes);
    rttm_log_refusal((*module)->name);
    rttm_discard(*module);
    return RTTM_LOADED_NOT;
}

enum rttm_loaded rttm_exec_from(const struct rttm_source *source, const char *command_line, struct rttm_module **module)
{
    struct rttm_cancel_scope scope;
    enum rttm_loaded         loaded;

    rttm_cancel_disable(&scope); /* cancelled here, the thread would leave a program that never starts */
    loaded = rttm_exec_prepare_from(source, command_line, module);
    if (loaded == RTTM_LOADED_TO_USE)
        rt_thread_startup((*module)->main_thread);
    rttm_cancel_enable(&scope);
    return loaded;
}

static struct rt_dlmodule *load_library(const struct rttm_source *source)
{
    struct rttm_module *module;

    return rttm_load_from(source, RTTM_USE_LIBRARY, &module) == RTTM_LOADED_TO_USE ? module->kernel : RT_NULL;
}

/* RT_NULL for a resident module too, which may have ended already. */
static struct rt_dlmodule *exec_program(const struct rttm_source *source, const char *command_line)
{
    struct rttm_module *module;

    return rttm_exec_from(source, command_line, &module) == RTTM_LOADED_TO_USE ? module->kernel : RT_NULL;
}

struct rt_dlmodule *__wrap_dlmodule_load(const char *path)
{
    const struct rttm_source source = rttm_source_file(path);

    return load_library(&source);
}

struct rt_dlmodule *__wrap_dlmodule_exec(const char *path, const char *command_line, int length)
{
    const struct rttm_source source = rttm_source_file(path);

    (void)length;
    return exec_program(&source, command_line);
}

#ifdef RTT_MOD_USING_MEMORY

struct rt_dlmodule *rttm_load_memory(const void *bytes, uint32_t length, const char *name)
{
    const struct rttm_source source = {name, bytes, length};

    return load_library(&source);
}

struct rt_dlmodule *rttm_exec_memory(const void *bytes, uint32_t length, const char *name, const char *command_line)
{
    const struct rttm_source source = {name, bytes, length};

    return exec_program(&source, command_line);
}

#endif /* RTT_MOD_USING_MEMORY */

#endif /* RT_USING_MODULE */
