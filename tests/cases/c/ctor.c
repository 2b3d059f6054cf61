/* Constructors run after `module_init` and before `main`, destructors before `module_cleanup`. */
extern void rt_kprintf(const char *, ...);

static int ready;

__attribute__((constructor(201))) static void first(void)
{
    ready = 40;
}

__attribute__((constructor)) static void second(void)
{
    ready += 2;
}

__attribute__((destructor(201))) static void last(void)
{
    rt_kprintf("the last destructor: %d\n", ++ready);
}

__attribute__((destructor)) static void first_of_the_end(void)
{
    rt_kprintf("a destructor: %d\n", ++ready);
}

void module_init(void *module)
{
    (void)module;
    rt_kprintf("module_init: %d\n", ready);
}

void module_cleanup(void *module)
{
    (void)module;
    rt_kprintf("module_cleanup: %d\n", ++ready);
}

int main(void)
{
    rt_kprintf("main: %d\n", ready);
    return ready;
}
