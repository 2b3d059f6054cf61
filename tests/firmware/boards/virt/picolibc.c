/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * virt: what picolibc wants of the system. RT-Thread 5 is built with it, since Debian's GCC for RISC-V has no newlib. From 5.2
 * on, the kernel has most of it itself.
 */
#include <rtthread.h>

#ifdef BOARD_WITH_RT_THREAD_5

#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>

void  _exit(int status) __attribute__((noreturn));
int   kill(pid_t process, int signal);
pid_t getpid(void);

#ifndef RT_USING_PICOLIBC

static int put(char character, FILE *stream)
{
    (void)stream;
    rt_kprintf("%c", character);
    return (unsigned char)character;
}

static FILE console = FDEV_SETUP_STREAM(put, RT_NULL, RT_NULL, _FDEV_SETUP_WRITE);

FILE *const stdout = &console;
FILE *const stderr = &console;

void *malloc(size_t bytes)
{
    return rt_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    return rt_calloc(count, bytes);
}

void *realloc(void *block, size_t bytes)
{
    return rt_realloc(block, bytes);
}

void free(void *block)
{
    rt_free(block);
}

void _exit(int status)
{
    rt_kprintf("exit of the kernel with %d\n", status);
    while (1)
        ;
}

#endif

/* For abort. There is no process but the kernel. */
pid_t getpid(void)
{
    return 1;
}

int kill(pid_t process, int signal)
{
    (void)process;
    _exit(signal);
}

#endif
