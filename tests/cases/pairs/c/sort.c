/* SPDX-License-Identifier: Apache-2.0 */
/* Sorts a thousand numbers. */
#include "k.h"

static void quick(int *a, int n)
{
    if (n < 2)
        return;
    int p = a[n / 2], i = 0, j = n - 1;
    for (;;)
    {
        while (a[i] < p)
            i++;
        while (a[j] > p)
            j--;
        if (i >= j)
            break;
        int t = a[i];
        a[i] = a[j];
        a[j] = t;
        i++;
        j--;
    }
    quick(a, i);
    quick(a + i, n - i);
}

int main(void)
{
    MARK;
    static int a[1000];
    uint32_t   x = 1;
    for (int i = 0; i < 1000; i++)
    {
        x = x * 1664525u + 1013904223u;
        a[i] = (int)x >> 8;
    }
    quick(a, 1000);
    for (int i = 1; i < 1000; i++)
        if (a[i - 1] > a[i])
            return 1;
    rt_kprintf("%d to %d\n", a[0], a[999]);
    MARK;
    return 0;
}
