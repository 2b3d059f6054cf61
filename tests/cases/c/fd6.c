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

#if RT_VER_NUM < 0x50100
#define SOFT_TIMER 4
#else
#define SOFT_TIMER 8
#endif

/* Not one file many times: the FAT of 5.1.0 loses memory with each. */
static const char names[6][12] = {"/it.mo", "/hello.mo", "/heap.mo", "/status.mo", "/panic.mo", "/files.mo"};

static void ignore(void *parameter)
{
    (void)parameter;
}

int main(void)
{
    int descriptor = -1;
    int i;

    for (i = 0; i < 6; i++)
        descriptor = open(names[i], 0);
    rt_kprintf("the last descriptor is %d\n", descriptor);
    close(descriptor);
    rt_kprintf("%s\n", opendir("/") != 0 && rt_malloc(500) != 0 && ((unsigned)rt_malloc_align(500, 64) & 63) == 0 &&
                               rt_timer_create("left", ignore, 0, 1000, SOFT_TIMER) != 0
                           ? "all is there"
                           : "something is missing");
    return 0;
}
