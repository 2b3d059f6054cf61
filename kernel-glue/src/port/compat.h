/* SPDX-License-Identifier: Apache-2.0 */
/* Everything that differs between RT-Thread 4.0.3 and 5.x. No other file looks at the version. */
#ifndef RTTM_COMPAT_H
#define RTTM_COMPAT_H

#include <rtthread.h>
#include <rthw.h>

/* From 5.1 on, rtthread.h does not declare the structs of block devices. */
#if RTTHREAD_VERSION >= 50100
#include <rtdevice.h>
#endif

#include "groups.h"

/* docs/internals/smp.md says what support would take. */
#if defined(RT_USING_SMP)
#error "kernel-glue: runs on one core only; turn off RT_USING_SMP"
#endif
#if defined(RT_USING_SMART)
#error "kernel-glue: knows no processes; turn off RT_USING_SMART"
#endif

/* What Kconfig selects, for a configuration that is written by hand. */
#if !defined(RT_USING_HEAP)
#error "kernel-glue: records and images of modules are in the kernel's heap; turn on RT_USING_HEAP"
#endif
#if !defined(RT_USING_SEMAPHORE)
#error "kernel-glue: the worker waits for a semaphore; turn on RT_USING_SEMAPHORE"
#endif
#if !defined(RT_USING_TIMER_SOFT)
#error "kernel-glue: what is freed later is freed by a soft timer; turn on RT_USING_TIMER_SOFT"
#endif
#if !defined(RT_USING_CONSOLE)
#error "kernel-glue: reports go to the console; turn on RT_USING_CONSOLE"
#endif

#if defined(RT_USING_MODULE) || defined(RTT_MOD_USING_FILE)

/*
 * File functions. 4.x has one header of its own, and needs RT_USING_POSIX for dlmodule but not for our loader. 5.x has
 * the headers of the C library, and calls the option RT_USING_POSIX_FS.
 */
#if defined(RT_USING_POSIX_FS)
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <dfs_file.h>
#include <dfs_fs.h>
#elif defined(RT_USING_DFS) && RTTHREAD_VERSION < 50000
#include <dfs_fs.h>
#include <dfs_posix.h>
#elif defined(RT_USING_DFS)
#error "kernel-glue: reads modules by the POSIX file calls; turn on RT_USING_POSIX_FS"
#else
#error "kernel-glue: reads modules from files; turn on RT_USING_DFS, a file system, and from 4.1 on RT_USING_POSIX_FS"
#endif

/* strncasecmp, which newlib's string.h leaves out for POSIX of 1990. RT-Thread's own C library has it in string.h alone. */
#ifndef RT_USING_MINILIBC
#include <strings.h>
#endif

/*
 * Whether a file system is mounted at the absolute path `path`, or no file system has the path; and whether the file at
 * `path` is open. It remains so while the caller has the lock, since no file can be opened meanwhile. From 5.0 on there is
 * a second DFS, which checks all this itself.
 */
#ifdef RT_USING_DFS_V2
rt_inline rt_bool_t rttm_is_mount_point(const char *path)
{
    (void)path;
    return RT_FALSE;
}

rt_inline rt_bool_t rttm_is_open(const char *path)
{
    (void)path;
    return RT_FALSE;
}

rt_inline void rttm_lock_opens(void)
{
}

rt_inline void rttm_unlock_opens(void)
{
}
#else
rt_inline rt_bool_t rttm_is_mount_point(const char *path)
{
    const struct dfs_filesystem *file_system = dfs_filesystem_lookup(path);

    return file_system == RT_NULL || dfs_subdir(file_system->path, path) == RT_NULL;
}

#if RTTHREAD_VERSION >= 50000
/* Not fd_is_open: it reads the vnode of a descriptor that another thread is opening or closing, and that has none. */
rt_inline rt_bool_t rttm_is_open(const char *path)
{
    void *room = rt_malloc(rt_strlen(path) + 1); /* the kernel makes a copy, without a look whether it has one */

    rt_free(room);
    return room == RT_NULL || dfs_file_is_open(path);
}

rt_inline void rttm_lock_opens(void)
{
    dfs_fm_lock();
}

rt_inline void rttm_unlock_opens(void)
{
    rt_err_t error = rt_get_errno(); /* of the open: the mutex has one of its own */

    dfs_fm_unlock();
    rt_set_errno(error);
}
#else
rt_inline rt_bool_t rttm_is_open(const char *path)
{
    return fd_is_open(path) == 0;
}

rt_inline void rttm_lock_opens(void)
{
    dfs_lock();
}

rt_inline void rttm_unlock_opens(void)
{
    rt_err_t error = rt_get_errno(); /* of the open: the mutex has one of its own */

    dfs_unlock();
    rt_set_errno(error);
}
#endif
#endif

/*
 * Whether what is open already decides about every open, and not only about one to write. FAT of the first DFS can't have a
 * file or directory open twice from 5.0 on. In 5.0 the second has no data, and the kernel asserts when it is used; later,
 * whichever is closed first is not closed in FAT, so that what was written is lost, and neither is its memory freed.
 */
#if RTTHREAD_VERSION >= 50000 && !defined(RT_USING_DFS_V2)
#define RTTM_OPENS_ONCE 1
#else
#define RTTM_OPENS_ONCE 0
#endif

/* Whether the file or directory at the absolute path `path` may be opened. */
rt_inline rt_bool_t rttm_may_open(const char *path)
{
    const struct dfs_filesystem *file_system;

    if (!RTTM_OPENS_ONCE || !rttm_is_open(path))
        return RT_TRUE;
    file_system = dfs_filesystem_lookup(path);
    return file_system == RT_NULL || rt_strcmp(file_system->ops->name, "elm") != 0;
}

/* Opens the file at `path`; negative if it can't be opened. */
rt_inline int rttm_open_to_read(const char *path)
{
    int descriptor = -1;

    if (!RTTM_OPENS_ONCE)
        return open(path, O_RDONLY, 0);
    rttm_lock_opens();
    if (rttm_may_open(path))
        descriptor = open(path, O_RDONLY, 0);
    rttm_unlock_opens();
    return descriptor;
}

/* Opens the directory at `path`; RT_NULL if it can't be opened. */
rt_inline DIR *rttm_open_directory(const char *path)
{
    DIR *directory = RT_NULL;

    if (!RTTM_OPENS_ONCE)
        return opendir(path);
    rttm_lock_opens();
    if (rttm_may_open(path))
        directory = opendir(path);
    rttm_unlock_opens();
    return directory;
}

/* Fails without DFS_USING_WORKDIR, where the kernel has no chdir. */
rt_inline int rttm_change_directory(const char *path)
{
#ifdef DFS_USING_WORKDIR
    return chdir(path);
#else
    (void)path;
    return -1;
#endif
}

#endif /* RT_USING_MODULE || RTT_MOD_USING_FILE */

/*
 * Polling of sockets, which is only possible if sockets are files. Up to 4.0, rtthread.h declares FIONBIO, the request
 * that switches a socket between blocking and non-blocking.
 */
#ifdef RTT_MOD_USING_NET
#if RTTHREAD_VERSION >= 40100
#include <sys/ioctl.h>
#endif
#if defined(SAL_USING_POSIX) && (RTTHREAD_VERSION < 40100 || defined(RT_USING_POSIX_POLL))
#if RTTHREAD_VERSION < 40100
#include <dfs_poll.h>
#else
#include <poll.h>
#endif
#define RTTM_HAS_POLL 1

/* Whether the socket becomes writable, or fails, within `milliseconds`. */
rt_inline rt_bool_t rttm_poll_writable(int number, rt_uint32_t milliseconds)
{
    struct pollfd socket = {number, POLLOUT, 0};

    return poll(&socket, 1, (int)milliseconds) > 0;
}
#else
#define RTTM_HAS_POLL 0

rt_inline rt_bool_t rttm_poll_writable(int number, rt_uint32_t milliseconds)
{
    (void)number;
    (void)milliseconds;
    return RT_TRUE;
}
#endif
#endif

/*
 * The kernel object of a thread. Up to 4.x, a thread begins with the members of struct rt_object; in 5.x it has a
 * member `parent`. The kernel itself casts threads to objects in every version.
 */
rt_inline struct rt_object *rttm_thread_object(rt_thread_t thread)
{
    return (struct rt_object *)thread;
}

/*
 * Two ports for RISC-V call one function for traps, `handle_trap`, with a frame that the thread goes on with: that of the
 * K210 in machine mode, and that of virt64 in supervisor mode, which is there from 5.0 on. In 4.0 there is no other than the
 * first of 64 bits. Those of 32 bits have their own frames, and so have others of 5.x.
 */
#if defined(__riscv) && defined(RTT_MOD_PORT_OF_VIRT64)
#define RTTM_HAS_HANDLE_TRAP
#define RTTM_PORT_OF_VIRT64
#elif defined(__riscv) && ((RTTHREAD_VERSION < 40100 && __riscv_xlen == 64) || defined(RTT_MOD_PORT_OF_K210))
#define RTTM_HAS_HANDLE_TRAP
#endif

/* Code that was written as data may run: fence.i, as a word, since the assembler accepts it for some processors only. */
#ifdef __riscv
rt_inline void rttm_fence_code(void)
{
    __asm volatile(".word 0x0000100F" ::: "memory");
}
#endif

/* Up to 4.x there is one kind of suspension. */
#ifndef RT_THREAD_SUSPEND_MASK
#define RT_THREAD_SUSPEND_MASK RT_THREAD_SUSPEND
#endif

/* From 5.1 on, RT_SCHED_CTX and RT_SCHED_PRIV give access to the scheduler's members of a thread. */
rt_inline rt_bool_t rttm_thread_is_closed(rt_thread_t thread)
{
#ifdef RT_SCHED_CTX
    rt_uint8_t stat = RT_SCHED_CTX(thread).stat;
#else
    rt_uint8_t stat = thread->stat;
#endif

    return (stat & RT_THREAD_STAT_MASK) == RT_THREAD_CLOSE;
}

rt_inline rt_bool_t rttm_thread_is_suspended(rt_thread_t thread)
{
#ifdef RT_SCHED_CTX
    rt_uint8_t stat = RT_SCHED_CTX(thread).stat;
#else
    rt_uint8_t stat = thread->stat;
#endif

    /* From 5.0 on there are several kinds of suspension, which have this bit in common. */
    return (stat & RT_THREAD_SUSPEND_MASK) == RT_THREAD_SUSPEND_MASK;
}

/*
 * Suspends `thread` until it is resumed. -RT_EBUSY if it waits for something. -RT_ENOSYS if the kernel asserts that a
 * thread only suspends itself. From 5.3 on, the kernel also suspends a thread that waits. That thread would wait for
 * ever, and after a resume it would go on as if its wait had succeeded.
 */
rt_inline rt_err_t rttm_suspend(rt_thread_t thread)
{
#if RTTHREAD_VERSION >= 40100 && RTTHREAD_VERSION < 50300
    if (thread != rt_thread_self())
        return -RT_ENOSYS;
#elif RTTHREAD_VERSION >= 50300
    if (rttm_thread_is_suspended(thread))
        return -RT_EBUSY;
#endif
    return rt_thread_suspend(thread) == RT_EOK ? RT_EOK : -RT_EBUSY;
}

/* Makes the wait that `thread` is in fail, if it is in one. */
rt_inline void rttm_interrupt_wait(rt_thread_t thread)
{
    if (!rttm_thread_is_suspended(thread))
        return;
    thread->error = -RT_EINTR;
    rt_thread_resume(thread);
}

/* On several cores, 5.1 and later report an error if a critical section delays the switch to the resumed thread. */
rt_inline rt_err_t rttm_resume(rt_thread_t thread)
{
    rt_err_t error = rt_thread_resume(thread);

#ifdef RT_ESCHEDLOCKED
    if (error == -RT_ESCHEDLOCKED)
        return RT_EOK;
#endif
    return error;
}

/*
 * Call this before `thread` is stopped. From 5.0 on, a locked mutex is in a list of its owner, and the kernel uses that
 * list even after the owner is freed. From 5.3 on, the kernel unlocks the mutexes of a thread that it stops.
 */
rt_inline void rttm_forget_mutexes(rt_thread_t thread)
{
#if RTTHREAD_VERSION >= 50000 && RTTHREAD_VERSION < 50300 && defined(RT_USING_MUTEX)
    while (!rt_list_isempty(&thread->taken_object_list))
        rt_list_remove(thread->taken_object_list.next);
#else
    (void)thread;
#endif
}

/* The thread's place in the list of those that are ready, wait for the same or have ended. */
rt_inline rt_list_t *rttm_thread_node(rt_thread_t thread)
{
#ifdef RT_THREAD_LIST_NODE
    return &RT_THREAD_LIST_NODE(thread);
#else
    return &thread->tlist;
#endif
}

rt_inline rt_uint8_t rttm_priority_of(rt_thread_t thread)
{
#ifdef RT_SCHED_PRIV
    return RT_SCHED_PRIV(thread).current_priority;
#else
    return thread->current_priority;
#endif
}

/* Before 4.1, rt_thread_yield needs a flag that only the tick interrupt sets; without it, the caller goes on. */
rt_inline void rttm_yield(void)
{
#if RTTHREAD_VERSION < 40100
    rt_thread_self()->stat |= RT_THREAD_STAT_YIELD;
#endif
    rt_thread_yield();
}

/* The idle thread frees ended threads and their modules. */
#define RTTM_PRIORITY_OF_FREEING (RT_THREAD_PRIORITY_MAX - 1)

/*
 * Whether the glue may change the count of a semaphore itself, which tracers with hooks would not see. From 4.1 on,
 * hooks may be macros instead of pointers. 5.x asserts in rt_sem_take that its caller may wait, even if the time-out is
 * 0, so in an interrupt there is no other way to take a semaphore.
 */
#ifdef RT_USING_HOOK
#if RTTHREAD_VERSION >= 40100 && !defined(RT_HOOK_USING_FUNC_PTR)
#define RTTM_HOOKS_ARE_MACROS
#else
extern void (*rt_object_trytake_hook)(struct rt_object *object);
extern void (*rt_object_take_hook)(struct rt_object *object);
extern void (*rt_object_put_hook)(struct rt_object *object);
#endif
#endif

rt_inline rt_bool_t rttm_may_count_takes(void)
{
#if RTTHREAD_VERSION >= 40100 || !defined(RT_USING_HOOK)
    return RT_TRUE;
#else
    return rt_object_trytake_hook == RT_NULL && rt_object_take_hook == RT_NULL;
#endif
}

rt_inline rt_bool_t rttm_may_count_releases(void)
{
#if !defined(RT_USING_HOOK)
    return RT_TRUE;
#elif defined(RTTM_HOOKS_ARE_MACROS)
    return RT_FALSE;
#else
    return rt_object_put_hook == RT_NULL;
#endif
}

/* `bytes`, rounded up to the alignment of the kernel. */
rt_inline rt_size_t rttm_align(rt_size_t bytes)
{
    return RT_ALIGN(bytes, (rt_size_t)RT_ALIGN_SIZE);
}

/*
 * The bytes that the pool of a queue needs for a message of `bytes` bytes: a link and the message, and from 5.0.1 on, which
 * has a macro, the length of the message.
 */
rt_inline rt_size_t rttm_queue_place(rt_size_t bytes)
{
#if defined(RT_MQ_BUF_SIZE)
    return RT_MQ_BUF_SIZE(bytes, 1);
#else
    return rttm_align(bytes) + sizeof(void *);
#endif
}

/*
 * Whether `heap` is the kernel's heap, to which only rt_malloc and rt_free have the lock. Up to 4.0 each memheap has its own.
 */
#ifdef RT_USING_MEMHEAP
rt_inline rt_bool_t rttm_memheap_is_kernels(const struct rt_memheap *heap)
{
#if RTTHREAD_VERSION >= 40100
    return heap->locked;
#else
    (void)heap;
    return RT_FALSE;
#endif
}
#endif

/*
 * The use of the kernel's heap in bytes. RT_FALSE if the kernel does not count it, which is so in 4.x if the heap is a
 * memheap.
 */
rt_inline rt_bool_t rttm_heap_info(rt_uint32_t *total_bytes, rt_uint32_t *used_bytes, rt_uint32_t *peak_bytes)
{
#if RTTHREAD_VERSION < 40100 && defined(RT_USING_MEMHEAP_AS_HEAP)
    (void)total_bytes;
    (void)used_bytes;
    (void)peak_bytes;
    return RT_FALSE;
#else
#if RTTHREAD_VERSION >= 40100 && defined(RT_USING_HEAP)
    rt_size_t total = 0, used = 0, peak = 0;
#else
    rt_uint32_t total = 0, used = 0, peak = 0;
#endif

    rt_memory_info(&total, &used, &peak);
    *total_bytes = (rt_uint32_t)total;
    *used_bytes = (rt_uint32_t)used;
    *peak_bytes = (rt_uint32_t)peak;
    return RT_TRUE;
#endif
}

/* The free bytes of the heap, contiguous or not; RT_UINT32_MAX if the kernel does not count them. */
rt_inline rt_uint32_t rttm_free_bytes(void)
{
    rt_uint32_t total, used, peak;

    return rttm_heap_info(&total, &used, &peak) ? total - used : RT_UINT32_MAX;
}

/*
 * The return type of rt_device_read and rt_device_write. It is unsigned up to 4.x, where an error is a very large
 * number.
 */
#if RTTHREAD_VERSION >= 50000
typedef rt_ssize_t rttm_transferred_t;
#else
typedef rt_size_t rttm_transferred_t;
#endif

/* From 5.0 on, ADCs and PWMs have device classes of their own. Before, they are miscellaneous devices. */
#if RTTHREAD_VERSION >= 50000
#define RTTM_ADC_CLASS RT_Device_Class_ADC
#define RTTM_PWM_CLASS RT_Device_Class_PWM
#endif

/* Up to 4.0, rtdevice.h does not declare sensors. */
#ifdef RTT_MOD_USING_SENSOR
#if RTTHREAD_VERSION < 40100
#include <sensor.h>
#else
#include <drivers/sensor.h>
#endif
#endif

/*
 * The field of a CAN message for the filter that let it through, where -1 asks for the next message of any, and the field of a
 * filter for its place in the controller.
 */
#if RTTHREAD_VERSION < 40101
#define RTTM_CAN_FILTER hdr
#define RTTM_CAN_BANK   hdr
#else
#define RTTM_CAN_FILTER hdr_index
#define RTTM_CAN_BANK   hdr_bank
#endif

/* CAN FD came with 4.1.1. */
#if defined(RT_CAN_USING_CANFD) && RTTHREAD_VERSION >= 40101
#define RTTM_HAS_CAN_FD
#endif

/*
 * In the second version of the serial framework, the flags of an open select blocking or non-blocking reads and writes,
 * and not the way in which bytes are moved.
 */
#ifdef RT_USING_SERIAL_V2
#include <rtdevice.h>
#define RTTM_OFLAG_RX   RT_DEVICE_FLAG_RX_NON_BLOCKING
#define RTTM_OFLAG_TX   RT_DEVICE_FLAG_TX_BLOCKING
#define RTTM_OFLAG_MASK (RT_DEVICE_OFLAG_MASK | 0xF000)
#else
#define RTTM_OFLAG_RX   0
#define RTTM_OFLAG_TX   0
#define RTTM_OFLAG_MASK RT_DEVICE_OFLAG_MASK
#endif

/*
 * ---- negative numbers ----
 *
 * Where `long` has 64 bits, the formatter of 4.0 takes a negative `int` for an unsigned one. So the sign is a text: "%s%u".
 */

rt_inline const char *rttm_sign(rt_int32_t number)
{
    return number < 0 ? "-" : "";
}

rt_inline unsigned rttm_magnitude(rt_int32_t number)
{
    return number < 0 ? 0u - (unsigned)number : (unsigned)number;
}

#endif /* RTTM_COMPAT_H */
