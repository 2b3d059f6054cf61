/* SPDX-License-Identifier: Apache-2.0 */
/*
 * MSH commands of the firmware for the tests of loads from memory alone: `run_bytes` runs a program and `call_bytes` calls a
 * function of a library, both from a copy in the heap, which is overwritten and freed before the module runs; `rom` puts a file
 * into a romfs at `/rom`.
 */
#include <string.h>

#include <rtthread.h>
#include <finsh.h>
#include <dlfcn.h>
#include <dlmodule.h>
#include <rttm_memory.h>

#include "commands/kernel.h"

/* The kernel has the file system, and the tests' firmware does not use it. */
#include <../filesystems/romfs/dfs_romfs.c>

/* The bytes of the file at `path`, at an odd address: the first byte is another one. RT_NULL if there is no such file. */
static rt_uint8_t *read_file(const char *path, rt_uint32_t *length)
{
    int         fd = open(path, O_RDONLY, 0);
    rt_uint8_t *bytes;

    if (fd < 0)
        return RT_NULL;
    *length = (rt_uint32_t)lseek(fd, 0, SEEK_END);
    lseek(fd, 0, SEEK_SET);
    bytes = rt_malloc(*length + 1);
    if (bytes != RT_NULL && read(fd, bytes + 1, *length) != (int)*length)
        *length = 0;
    close(fd);
    return bytes;
}

static void overwrite_and_free(rt_uint8_t *bytes, rt_uint32_t length)
{
    rt_memset(bytes, 0xAA, length + 1);
    rt_free(bytes);
}

static int run_bytes(int argc, char **argv)
{
    rt_uint32_t length = 0;
    rt_uint8_t *bytes = argc > 1 ? read_file(argv[1], &length) : RT_NULL;

    if (bytes == RT_NULL)
        return -1;
    /* The program has the priority of the shell, so it begins when the bytes are gone. */
    if (rttm_exec_memory(bytes + 1, length, "bytes", argc > 2 ? argv[2] : "bytes") == RT_NULL)
        rt_kprintf("refused\n");
    overwrite_and_free(bytes, length);
    return 0;
}
MSH_CMD_EXPORT(run_bytes, run a program from memory);

static int call_bytes(int argc, char **argv)
{
    rt_uint32_t         length = 0;
    rt_uint8_t         *bytes = argc > 2 ? read_file(argv[1], &length) : RT_NULL;
    struct rt_dlmodule *library;
    rt_uint32_t (*function)(const char *text, rt_size_t bytes);

    if (bytes == RT_NULL)
        return -1;
    library = rttm_load_memory(bytes + 1, length, "bytes");
    overwrite_and_free(bytes, length);
    if (library == RT_NULL)
    {
        rt_kprintf("refused\n");
        return -1;
    }
    function = (rt_uint32_t(*)(const char *, rt_size_t))dlsym(library, argv[2]);
    if (function != RT_NULL)
        rt_kprintf("%s: %08x\n", argv[2], function("123456789", 9));
    else
        rt_kprintf("no function %s\n", argv[2]);
    dlclose(library);
    return 0;
}
MSH_CMD_EXPORT(call_bytes, call a function of a library in memory);

static struct romfs_dirent files[1];
static struct romfs_dirent root = {ROMFS_DIRENT_DIR, "/", (rt_uint8_t *)files, 1};

static int rom(int argc, char **argv)
{
    static char name[16];
    rt_uint32_t length = 0;
    rt_uint8_t *bytes = argc > 1 ? read_file(argv[1], &length) : RT_NULL;

    if (bytes == RT_NULL)
        return -1;
    rt_strncpy(name, strrchr(argv[1], '/') + 1, sizeof name - 1);
    files[0] = (struct romfs_dirent){ROMFS_DIRENT_FILE, name, bytes + 1, length};
    mkdir("/rom", 0);
    return dfs_mount(RT_NULL, "/rom", "rom", 0, &root);
}
MSH_CMD_EXPORT(rom, put a file into a file system in memory);
