/* SPDX-License-Identifier: Apache-2.0 */
/* Calls functions of a library in Rust, and asks for what is not there. */
void *dlopen(const char *path, int flags);
void *dlsym(void *library, const char *name);
int   dlclose(void *library);
void  rt_kprintf(const char *format, ...);

typedef unsigned checksum(const char *bytes, unsigned length);

int main(int argc, char **argv)
{
    void     *library = dlopen("/library.mo", 0);
    checksum *crc32 = (checksum *)dlsym(library, "crc32");
    checksum *adler32 = (checksum *)dlsym(library, "adler32");

    (void)argv;
    rt_kprintf("crc32 %x, adler32 %x\n", crc32("123456789", 9), adler32("123456789", 9));
    rt_kprintf("a function that is not there: %d\n", (int)dlsym(library, "crc64"));
    rt_kprintf("a file that is not there: %d\n", (int)dlopen("/nowhere.mo", 0));
    /* With an argument it forgets to. */
    return argc == 1 ? dlclose(library) : 1;
}
