/* SPDX-License-Identifier: Apache-2.0 */
/* Multiplies matrices of 16 rows and columns. */
#include "k.h"

#define N 16

static void multiply(const int32_t a[N][N], const int32_t b[N][N], int32_t c[N][N])
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
        {
            uint32_t sum = 0;
            for (int k = 0; k < N; k++)
                sum += (uint32_t)a[i][k] * (uint32_t)b[k][j];
            c[i][j] = (int32_t)sum >> 4;
        }
}

int main(void)
{
    MARK;
    static int32_t a[N][N], b[N][N], c[N][N];
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
        {
            a[i][j] = i + j;
            b[i][j] = i - j;
        }
    for (int i = 0; i < 4; i++)
    {
        multiply(a, b, c);
        multiply(c, b, a);
    }
    uint32_t trace = 0;
    for (int i = 0; i < N; i++)
        trace += (uint32_t)a[i][i];
    rt_kprintf("the trace is %d\n", (int)trace);
    MARK;
    return 0;
}
