/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * A library: what is exported, and what only looks so.
 */
int rt_kprintf(const char *format, ...);

int steps[3] = {1, 10, 100};

static int value;

int counter_step(int index)
{
    value += steps[index];
    rt_kprintf("counter_step(%d)\n", index);
    return value;
}

int counter_value(void)
{
    return value;
}
