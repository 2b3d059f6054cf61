/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Built-in programs: those that are linked into the firmware. `mkmod build --static` makes NAME.o and NAME.c of each, and each is
 * a command of MSH. It has what a program from a file has: a thread with the stack that it asks for, an exit code, and an
 * end that gives everything back. A resident module, with an `init` in place of `main`, stays until `mod unload NAME`. The
 * code is the firmware's, so nothing is loaded, and the kernel needs neither RT_USING_MODULE nor a file system.
 */
#ifndef RTTM_BUILTIN_H
#define RTTM_BUILTIN_H

#include <rtthread.h>
#include <finsh.h>

struct rt_dlmodule;

/* One of them. */
struct rttm_builtin
{
    const char *name;
    void (*init)(struct rt_dlmodule *module); /* as `module_init` of a file */
    int (*main)(int argc, char **argv);       /* RT_NULL: a resident module */
    const void *values;                       /* of the variables that do not begin as zero, in ROM */
    void       *variables;                    /* those, in RAM */
    rt_size_t   variables_bytes;
    void       *zeros; /* the other variables */
    rt_size_t   zeros_bytes;
};

/*
 * Runs `program` in a thread of its own, waits for its end, and returns its exit code: -1 if it can't be started, of which
 * the console has a line. Its variables begin anew each time, so a second run at the same time is refused. Of a resident
 * module it calls the `init`, and returns 0 if the module stays.
 */
int rttm_builtin_run(const struct rttm_builtin *program, int argc, char **argv);

/* What NAME.c consists of, for a program. */
#define RTTM_BUILTIN(identifier, description, variables_size, zeros_size) \
    int rttm_builtin_##identifier##_main(int argc, char **argv);          \
    RTTM_BUILTIN_COMMAND(identifier, description, rttm_builtin_##identifier##_main, variables_size, zeros_size)

/* What NAME.c consists of, for a resident module. */
#define RTTM_BUILTIN_RESIDENT(identifier, description, variables_size, zeros_size) \
    RTTM_BUILTIN_COMMAND(identifier, description, RT_NULL, variables_size, zeros_size)

/*
 * Loads a resident module when the kernel is initialized, at the level with this number: behind the firmware's own functions of
 * the level, as that of `INIT_DEVICE_EXPORT` is "3". There have to be threads, so "2" is the first.
 */
#ifdef RT_USING_COMPONENTS_INIT
#define RTTM_BUILTIN_LOAD_AT(identifier, level)                          \
    static int rttm_builtin_##identifier##_load(void)                    \
    {                                                                    \
        return rttm_builtin_run(&rttm_builtin_##identifier, 0, RT_NULL); \
    }                                                                    \
    INIT_EXPORT(rttm_builtin_##identifier##_load, level ".9")
#else
#define RTTM_BUILTIN_LOAD_AT(identifier, level) \
    extern char identifier##_is_loaded_at_boot_and_needs_RT_USING_COMPONENTS_INIT[-1]
#endif

/* What both have in common. */
#define RTTM_BUILTIN_COMMAND(identifier, description, main_function, variables_size, zeros_size)   \
    void                             rttm_builtin_##identifier##_init(struct rt_dlmodule *module); \
    extern const char                rttm_builtin_##identifier##_values[];                         \
    extern char                      rttm_builtin_##identifier##_variables[];                      \
    extern char                      rttm_builtin_##identifier##_zeros[];                          \
    static const struct rttm_builtin rttm_builtin_##identifier = {                                 \
        .name = #identifier,                                                                       \
        .init = rttm_builtin_##identifier##_init,                                                  \
        .main = main_function,                                                                     \
        .values = rttm_builtin_##identifier##_values,                                              \
        .variables = rttm_builtin_##identifier##_variables,                                        \
        .variables_bytes = variables_size,                                                         \
        .zeros = rttm_builtin_##identifier##_zeros,                                                \
        .zeros_bytes = zeros_size,                                                                 \
    };                                                                                             \
    static int rttm_builtin_##identifier##_run(int argc, char **argv)                              \
    {                                                                                              \
        return rttm_builtin_run(&rttm_builtin_##identifier, argc, argv);                           \
    }                                                                                              \
    MSH_CMD_EXPORT_ALIAS(rttm_builtin_##identifier##_run, identifier, description)

#endif /* RTTM_BUILTIN_H */
