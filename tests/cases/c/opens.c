/* A library whose constructor opens the library `OPENS`: itself, or one that opens this one. */
extern void  rt_kprintf(const char *format, ...);
extern void *dlopen(const char *path, int flags);
extern int   dlclose(void *library);

static void *other;

__attribute__((constructor)) static void open_other(void)
{
    other = dlopen(OPENS, 0);
    rt_kprintf("%s is %s\n", OPENS, other ? "open" : "refused");
}

__attribute__((destructor)) static void close_other(void)
{
    if (other)
        dlclose(other);
}

int library_value(void)
{
    return 42;
}
