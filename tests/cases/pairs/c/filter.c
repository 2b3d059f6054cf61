/* SPDX-License-Identifier: Apache-2.0 */
/* Filters a signal: a low pass of the second order in floating point. */
#include "k.h"

int main(void)
{
    MARK;
    float    x1 = 0, x2 = 0, y1 = 0, y2 = 0, most = 0;
    uint32_t noise = 1;
    for (int i = 0; i < 200; i++)
    {
        noise = noise * 1664525u + 1013904223u;
        float x = (float)(i % 50 < 25 ? 1000 : -1000) + (float)(noise >> 24);
        float y = 0.0675f * x + 0.135f * x1 + 0.0675f * x2 + 1.143f * y1 - 0.413f * y2;
        x2 = x1;
        x1 = x;
        y2 = y1;
        y1 = y;
        if (y > most)
            most = y;
    }
    rt_kprintf("at most %d\n", (int)most);
    MARK;
    return 0;
}
