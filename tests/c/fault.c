/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Jumps to where nothing may be executed, in the tick's interrupt: so the fault is the kernel's, not the module's.
 */
#define RT_TIMER_FLAG_HARD_ONE_SHOT 0

void *rt_timer_create(const char *name, void (*timeout)(void *), void *parameter, unsigned time, unsigned char flags);
int   rt_timer_start(void *timer);
int   rt_thread_mdelay(int milliseconds);

static void fault(void *parameter)
{
    ((void (*)(void))parameter)();
}

int main(void)
{
    rt_timer_start(rt_timer_create("fault", fault, (void *)0xe0000001, 1, RT_TIMER_FLAG_HARD_ONE_SHOT));
    rt_thread_mdelay(100);
    return 0;
}
