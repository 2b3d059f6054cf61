/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Writes files by the kernel's own functions until it is killed.
 */
int rt_kprintf(const char *format, ...);
int open(const char *path, int flags, ...);
int write(int descriptor, const void *bytes, unsigned length);
int close(int descriptor);
int unlink(const char *path);

#define WRITE_AND_CREATE 0x0201

static char bytes[700];

int main(void)
{
    rt_kprintf("writing\n");
    for (;;)
    {
        int descriptor = open("/writes.txt", WRITE_AND_CREATE, 0666);

        if (descriptor >= 0)
        {
            write(descriptor, bytes, sizeof bytes);
            close(descriptor);
        }
        unlink("/writes.txt");
    }
}
