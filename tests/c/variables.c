/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Has of everything that a module in C can have: variables that point at each other and into the kernel, zeroed memory,
 * functions for others, a priority.
 */
int   rt_kprintf(const char *format, ...);
void *rt_malloc(unsigned bytes);
void  rt_free(void *memory);

unsigned short dlmodule_thread_priority = 21;

static const char *const names[] = {"zero", "one", "two", "three"};
static int               lookups[64];

int (*variables_print)(const char *format, ...) = rt_kprintf;
void *(*const variables_allocate)(unsigned bytes) = rt_malloc;

const char *variables_name(unsigned number)
{
    lookups[number & 63]++;
    return names[number & 3];
}

void variables_free(void *memory)
{
    rt_free(memory);
}

int main(int argc, char **argv)
{
    (void)argv;
    variables_print("%s\n", variables_name((unsigned)argc));
    return 0;
}
