/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Opens a file and a folder again while they are open. The FAT of 5.x can't have one open twice: there, the second is refused.
 */
int   rt_kprintf(const char *format, ...);
int   open(const char *path, int flags, ...);
int   close(int descriptor);
int   unlink(const char *path);
void *opendir(const char *path);
int   closedir(void *folder);
#ifdef __LP64__
long read(int descriptor, void *bytes, unsigned long length);
long write(int descriptor, const void *bytes, unsigned long length);
#else
int read(int descriptor, void *bytes, unsigned length);
int write(int descriptor, const void *bytes, unsigned length);
#endif

#define WRITE_AND_CREATE 0x0201 /* of newlib */

static int has_text(int descriptor)
{
    char byte = 0;

    return read(descriptor, &byte, 1) == 1 && byte == 'x';
}

int main(void)
{
    int   first = open("/twice.txt", WRITE_AND_CREATE, 0666);
    int   second;
    void *folder = opendir("/");
    void *again;

    if (write(first, "x", 1) != 1)
        return 1;
    second = open("twice.txt", 0);
    again = opendir("/");
    rt_kprintf("again: %s, %s\n", second >= 0 ? "file" : "no file", again != 0 ? "folder" : "no folder");
    if (second >= 0)
        close(second);
    if (again != 0)
        closedir(again);
    closedir(folder);
    close(first);
    first = open("/twice.txt", 0);
    rt_kprintf("what was written is %s\n", has_text(first) ? "there" : "lost");
    close(first);
    return unlink("/twice.txt");
}
