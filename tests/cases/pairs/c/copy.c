/* SPDX-License-Identifier: Apache-2.0 */
/* Copies a file of 65,536 bytes. */
#include "k.h"

int main(void)
{
    MARK;
    char b[512];
    int  in = open("/data.bin", O_RDONLY, 0);
    if (in < 0)
    {
        rt_kprintf("can't open\n");
        return 1;
    }
    int out = open("/copy.bin", O_WRONLY | O_CREAT | O_TRUNC, 0);
    if (out < 0)
    {
        close(in);
        return 1;
    }
    int n, all = 0;
    while ((n = read(in, b, sizeof b)) > 0)
    {
        if (write(out, b, n) != n)
            return 1;
        all += n;
    }
    close(in);
    close(out);
    unlink("/copy.bin");
    rt_kprintf("%d bytes\n", all);
    MARK;
    return 0;
}
