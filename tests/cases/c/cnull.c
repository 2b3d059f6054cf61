/* A fault in `module_cleanup`. */
extern void rt_kprintf(const char *format, ...);

void module_cleanup(void *module)
{
    (void)module;
    *(volatile int *)0xF0000000 = 1;
}

int main(void)
{
    rt_kprintf("main\n");
    return 0;
}
