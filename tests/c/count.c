/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Counts with the library `counter`.
 */
void *dlopen(const char *path, int flags);
void *dlsym(void *library, const char *name);
int   dlclose(void *library);
int   rt_kprintf(const char *format, ...);

int main(int argc, char **argv)
{
    void *library = dlopen(argv[1], 0);
    int (*step)(int) = (int (*)(int))dlsym(library, "counter_step");
    int (*value)(void) = (int (*)(void))dlsym(library, "counter_value");

    (void)argc;
    step(0);
    step(2);
    rt_kprintf("counted to %d\n", value());
    dlclose(library);
    return 0;
}
