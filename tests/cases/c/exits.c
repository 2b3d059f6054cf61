/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ends in the middle of a function.
 */
int  rt_kprintf(const char *format, ...);
void exit(int code);

static void work(void)
{
    exit(7);
}

int main(void)
{
    work();
    rt_kprintf("never here\n");
    return 0;
}
