/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Programs that are linked into the firmware, of which `mkmod build --static` makes NAME.o and NAME.c: each is a command
 * of MSH. It has what a program from a file has: a thread with the stack that it asks for, an exit code, and an end that
 * gives everything back. Its code is the firmware's, so nothing is loaded, and the kernel needs neither RT_USING_MODULE nor
 * a file system.
 */
#ifndef RTTM_STATIC_H
#define RTTM_STATIC_H

#include <rtthread.h>
#include <finsh.h>

struct rt_dlmodule;

/* One of them. */
struct rttm_static
{
    const char *name;
    void (*init)(struct rt_dlmodule *module); /* as `module_init` of a file */
    int (*main)(int argc, char **argv);
    const void *values;    /* of the variables that do not begin as zero, in ROM */
    void       *variables; /* those, in RAM */
    rt_size_t   variables_bytes;
    void       *zeros; /* the other variables */
    rt_size_t   zeros_bytes;
    rt_bool_t  *is_running;
};

/*
 * Runs `program` in a thread of its own, waits for its end, and returns its exit code: -1 if it can't be started, of which
 * the console has a line. Its variables begin anew each time, so a second run at the same time is refused.
 */
int rttm_static_run(const struct rttm_static *program, int argc, char **argv);

/* What NAME.c consists of. */
#define RTTM_STATIC(identifier, description, variables_size, zeros_size)                         \
    void                            rttm_static_##identifier##_init(struct rt_dlmodule *module); \
    int                             rttm_static_##identifier##_main(int argc, char **argv);      \
    extern const char               rttm_static_##identifier##_values[];                         \
    extern char                     rttm_static_##identifier##_variables[];                      \
    extern char                     rttm_static_##identifier##_zeros[];                          \
    static rt_bool_t                rttm_static_##identifier##_is_running;                       \
    static const struct rttm_static rttm_static_##identifier = {                                 \
        .name = #identifier,                                                                     \
        .init = rttm_static_##identifier##_init,                                                 \
        .main = rttm_static_##identifier##_main,                                                 \
        .values = rttm_static_##identifier##_values,                                             \
        .variables = rttm_static_##identifier##_variables,                                       \
        .variables_bytes = variables_size,                                                       \
        .zeros = rttm_static_##identifier##_zeros,                                               \
        .zeros_bytes = zeros_size,                                                               \
        .is_running = &rttm_static_##identifier##_is_running,                                    \
    };                                                                                           \
    static int rttm_static_##identifier##_run(int argc, char **argv)                             \
    {                                                                                            \
        return rttm_static_run(&rttm_static_##identifier, argc, argv);                           \
    }                                                                                            \
    MSH_CMD_EXPORT_ALIAS(rttm_static_##identifier##_run, identifier, description)

#endif /* RTTM_STATIC_H */
