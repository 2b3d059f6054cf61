/* SPDX-License-Identifier: Apache-2.0 */
/* Writes a table of measurements to a file, and reads the lines back. */
#include "k.h"

#define PATH "/table.csv"

static int write_table(void)
{
    char line[64];
    int  file = open(PATH, O_WRONLY | O_CREAT | O_TRUNC, 0);
    if (file < 0)
        return 0;
    for (int i = 0; i < 50; i++)
    {
        int length = rt_snprintf(line, sizeof line, "%d,sensor-%d,%d\n", i, i % 7, i * i - 500);
        if (write(file, line, length) != length)
            return 0;
    }
    close(file);
    return 1;
}

static int read_table(int *lines, int *sum)
{
    char buffer[256];
    int  n, value = 0, sign = 1, file = open(PATH, O_RDONLY, 0);
    if (file < 0)
        return 0;
    while ((n = read(file, buffer, sizeof buffer)) > 0)
        for (int i = 0; i < n; i++)
            if (buffer[i] == '\n')
            {
                *sum += sign * value;
                ++*lines;
            }
            else if (buffer[i] == ',')
            {
                value = 0;
                sign = 1;
            }
            else if (buffer[i] == '-')
                sign = -1;
            else if (buffer[i] >= '0' && buffer[i] <= '9')
                value = value * 10 + (buffer[i] - '0');
    close(file);
    return 1;
}

int main(void)
{
    MARK;
    int lines = 0, sum = 0;
    if (!write_table() || !read_table(&lines, &sum))
        return 1;
    unlink(PATH);
    rt_kprintf("%d lines, %d in all\n", lines, sum);
    MARK;
    return 0;
}
