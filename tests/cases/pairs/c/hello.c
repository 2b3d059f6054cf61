/* SPDX-License-Identifier: Apache-2.0 */
/* Prints a line and its arguments. */
#include "k.h"

int main(int argc, char **argv)
{
    MARK;
    rt_kprintf("Hello from RT-Thread!\n");
    for (int i = 1; i < argc; i++)
        rt_kprintf("argument %d: %s\n", i, argv[i]);
    MARK;
    return 0;
}
