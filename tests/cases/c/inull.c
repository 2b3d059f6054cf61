/* A fault in `module_init`. */
extern void rt_kprintf(const char *format, ...);

void module_init(void *module)
{
    (void)module;
    *(volatile int *)0xF0000000 = 1;
}

int main(void)
{
    rt_kprintf("never here\n");
    return 0;
}
