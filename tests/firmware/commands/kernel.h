/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands of the tests need of the kernel, of 4.0.3 and of 5.x: the calls for files, and the used memory. */
#ifndef COMMANDS_KERNEL_H
#define COMMANDS_KERNEL_H

#include <rtthread.h>

#ifdef BOARD_WITH_RT_THREAD_5
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>
typedef rt_size_t heap_bytes;
#else
#include <dfs_posix.h>
typedef rt_uint32_t heap_bytes;
#endif

rt_inline rt_uint32_t used_bytes(void)
{
    heap_bytes total, used, most;

    rt_memory_info(&total, &used, &most);
    return (rt_uint32_t)used;
}

#endif /* COMMANDS_KERNEL_H */
