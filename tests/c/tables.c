/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that a loader relocates: tables of strings and functions, pointers to variables, functions of the kernel
 * that are called and such of which only the address is taken.
 */
int           rt_kprintf(const char *format, ...);
unsigned long rt_strlen(const char *text);
int           rt_strcmp(const char *a, const char *b);

struct operation
{
    const char *name;
    int (*apply)(int);
};

static int square(int x)
{
    return x * x;
}
static int negate(int x)
{
    return -x;
}

static const struct operation operations[] = {{"square", square}, {"negate", negate}};
static const char *const      colours[] = {"red", "green", "blue"};
static unsigned long (*const length_of)(const char *) = rt_strlen;

int        counter = 5;
int       *counter_place = &counter;
static int seen[50];
int        total;

int count(int step)
{
    *counter_place += step;
    total += step;
    return counter;
}

int module_init(void *module)
{
    rt_kprintf("init %d\n", module != 0);
    return count(1);
}

void module_cleanup(void *module)
{
    (void)module;
    rt_kprintf("cleanup after %d\n", total);
}

int main(int argc, char **argv)
{
    unsigned int index;

    for (index = 0; index < sizeof operations / sizeof operations[0]; index++)
        rt_kprintf("%s: %d\n", operations[index].name, operations[index].apply(7));
    for (index = 0; index < sizeof colours / sizeof colours[0]; index++)
        rt_kprintf("%s has %d letters\n", colours[index], (int)length_of(colours[index]));
    for (index = 1; index < (unsigned int)argc; index++)
        rt_kprintf("%s: %d\n", argv[index], rt_strcmp(argv[index], "green") == 0);
    seen[argc] = count(argc);
    rt_kprintf("counter %d, seen %d, not seen %d\n", counter, seen[argc], seen[argc + 1]);
    return total;
}
