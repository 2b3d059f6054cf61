/* A constructor or a destructor goes wrong: `-DBEFORE=WHAT` or `-DAFTER=WHAT` says how. */
extern void rt_kprintf(const char *format, ...);
extern void exit(int code);

#ifndef BEFORE
#define BEFORE nothing
#endif
#ifndef AFTER
#define AFTER nothing
#endif

static volatile int depth;

void nothing(void)
{
}

void faults(void)
{
    *(volatile int *)0xF0000000 = 1;
}

void exits(void)
{
    exit(7);
}

void loops(void)
{
    rt_kprintf("a constructor loops\n");
    for (;;)
        ;
}

void overflows(void)
{
    volatile char frame[32]; /* smaller than the guard of a stack */

    frame[0] = (char)depth++;
    overflows();
    frame[1] = frame[0];
}

__attribute__((constructor)) static void before(void)
{
    BEFORE();
}

__attribute__((destructor)) static void after(void)
{
    rt_kprintf("destructor\n");
    AFTER();
}

void module_cleanup(void *module)
{
    (void)module;
    rt_kprintf("cleanup\n");
}

int main(void)
{
    rt_kprintf("main\n");
    return 0;
}
