/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * The example `hello` as a C programmer writes it, to compare the sizes.
 */
int rt_kprintf(const char *format, ...);

int main(int argc, char **argv)
{
    int index;

    rt_kprintf("Hello from C on RT-Thread!\n");
    for (index = 1; index < argc; index++)
        rt_kprintf("argument %d: %s\n", index, argv[index]);
    return 0;
}
