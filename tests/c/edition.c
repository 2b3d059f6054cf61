/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Tells its edition, and goes on until there is a file /stop. The compiler gets EDITION.
 */
int open(const char *path, int flags, ...);
int close(int file);
int rt_kprintf(const char *format, ...);
int rt_thread_mdelay(int ms);

int main(void)
{
    int file;

    rt_kprintf("edition %d begins\n", EDITION);
    while ((file = open("/stop", 0)) < 0)
        rt_thread_mdelay(20);
    close(file);
    rt_kprintf("edition %d ends\n", EDITION);
    return EDITION;
}
