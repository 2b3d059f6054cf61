/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Reads a file into its memory until it is killed. What it reads looks like code, so that wherever the kernel has got to in its
 * buffer, there seems to be a call in front.
 */
int rt_kprintf(const char *format, ...);
int open(const char *path, int flags, ...);
int read(int descriptor, void *bytes, unsigned length);
int lseek(int descriptor, int offset, int whence);

static char room[16 * 1024 + 4];

int main(void)
{
    /* Addresses of Thumb code are odd. */
    char *bytes = room + 1;
    int   descriptor = open("/calls.bin", 0);

    rt_kprintf("%d bytes are there\n", read(descriptor, bytes, 16 * 1024));
    for (;;)
    {
        lseek(descriptor, 0, 0);
        read(descriptor, bytes, 16 * 1024);
    }
}
