/* SPDX-License-Identifier: Apache-2.0 */
/* `abort`, and what `assert` of newlib calls: the module ends with the exit code of a panic. */
#include <rtt_mod.h>

void abort(void)
{
    rttm_exit(RTTM_EXIT_PANIC);
}

void __assert_func(const char *file, int line, const char *function, const char *expression)
{
    extern int printf(const char *format, ...);

    printf("%s:%d: %s: assertion `%s` failed\n", file, line, function, expression);
    rttm_exit(RTTM_EXIT_PANIC);
}
