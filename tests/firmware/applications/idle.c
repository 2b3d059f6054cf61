/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the processor does when no thread is ready: it waits for an interrupt, so that an idle board costs QEMU nothing.
 */
#include <rtthread.h>

static void wait_for_interrupt(void)
{
    __asm__ volatile("wfi" ::: "memory");
}

static int wait_when_idle(void)
{
    return (int)rt_thread_idle_sethook(wait_for_interrupt);
}
INIT_APP_EXPORT(wait_when_idle);
