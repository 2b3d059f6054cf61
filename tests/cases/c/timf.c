/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A fault in the callback of a timer of RT-Thread's own.
 */
void *rt_timer_create(const char *name, void (*callback)(void *), void *parameter, unsigned ticks, unsigned char flag);
long  rt_timer_start(void *timer);
int   rt_thread_mdelay(int milliseconds);
int   rt_kprintf(const char *format, ...);

/* The flags have other values in 5.1. */
#if RT_VER_NUM >= 0x50100 && RT_VER_NUM < 0x50200
#define PERIODIC_AND_SOFT 12
#else
#define PERIODIC_AND_SOFT 6
#endif

static void fault(void *parameter)
{
    (void)parameter;
    *(volatile int *)0xF0000000 = 1;
}

int main(void)
{
    rt_timer_start(rt_timer_create("ctm", fault, 0, 3, PERIODIC_AND_SOFT));
    rt_thread_mdelay(1000);
    rt_kprintf("never here\n");
    return 0;
}
