/* A library with a constructor and a destructor. */
extern void rt_kprintf(const char *format, ...);

static int value;

__attribute__((constructor)) static void construct(void)
{
    value = 42;
    rt_kprintf("constructed\n");
}

__attribute__((destructor)) static void destruct(void)
{
    rt_kprintf("destructed\n");
}

int library_value(void)
{
    return value;
}
