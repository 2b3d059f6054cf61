/* SPDX-License-Identifier: Apache-2.0 */
/* Formats numbers and texts. */
#include "k.h"

int main(int argc, char **argv)
{
    (void)argc;
    MARK;
    for (int i = 0; i < 20; i++)
    {
        rt_kprintf("%s: %d of %u, mask %08x, id %x\n", argv[0], -i * 1000, i * 77777u, i * 0x1234567u, i);
        rt_kprintf("%5d|%-8s|%c\n", i, "left", 'a' + i);
    }
    MARK;
    return 0;
}
