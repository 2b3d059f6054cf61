/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Leaves files, a folder, a timer and memory behind.
 */
int   rt_kprintf(const char *format, ...);
void *rt_malloc(unsigned bytes);
void *rt_malloc_align(unsigned bytes, unsigned alignment);
void *rt_timer_create(const char *name, void (*callback)(void *), void *parameter, unsigned ticks, unsigned char flag);
int   open(const char *path, int flags, ...);
int   close(int descriptor);
void *opendir(const char *path);

static void ignore(void *parameter)
{
    (void)parameter;
}

int main(void)
{
    int descriptor = -1;
    int i;

    for (i = 0; i < 6; i++)
        descriptor = open("/it.mo", 0);
    rt_kprintf("the last descriptor is %d\n", descriptor);
    close(descriptor);
    rt_kprintf("%s\n", opendir("/") != 0 && rt_malloc(500) != 0 && ((unsigned)rt_malloc_align(500, 64) & 63) == 0 &&
                               rt_timer_create("left", ignore, 0, 1000, 4) != 0
                           ? "all is there"
                           : "something is missing");
    return 0;
}
