/* SPDX-License-Identifier: Apache-2.0 */
/* C++: a call of a virtual function that no class defines ends the module. */
#include <rtt_mod.h>

static void fail(void)
{
    static const uint8_t text[] = "a pure virtual function was called\n";

    rttm_print(text, sizeof text - 1, (void *)0);
    rttm_exit(RTTM_EXIT_PANIC);
}

void __cxa_pure_virtual(void)
{
    fail();
}

void __cxa_deleted_virtual(void)
{
    fail();
}
