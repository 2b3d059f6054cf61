/* Opens `LIBRARY`, calls it and closes it. */
extern void  rt_kprintf(const char *format, ...);
extern int   rt_thread_mdelay(int milliseconds);
extern void *dlopen(const char *path, int flags);
extern void *dlsym(void *library, const char *name);
extern int   dlclose(void *library);

#ifndef LIBRARY
#define LIBRARY "/ctorlib.mo"
#endif

/* A load within a load takes more than what a program in C has by default. */
unsigned dlmodule_thread_stacksize = 6144;

int main(void)
{
    void *library = dlopen(LIBRARY, 0);
    int (*value)(void) = (int (*)(void))dlsym(library, "library_value");

    rt_kprintf("the library says %d\n", value());
    dlclose(library);
    rt_kprintf("closed\n");
    rt_thread_mdelay(20);
    return 0;
}
