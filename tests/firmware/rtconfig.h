/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * RT-Thread's configuration: what the firmware of every board has in common. A board's own part, its core and its
 * console, is in the `board_config.h` of its folder.
 *
 * The values are those of an ordinary product rather than the most comfortable ones: short object names, asserts on,
 * small stacks. A module that runs here was not helped.
 */
#ifndef RT_CONFIG_H__
#define RT_CONFIG_H__

#include "board_config.h"

/* ---- kernel ---------------------------------------------------------------------------------------------------- */

#ifndef RT_VER_NUM /* a BSP defines it before */
#define RT_VER_NUM 0x40003
#endif
#ifdef CONFIGURATION_LARGE
#define RT_NAME_MAX 24
#define RT_USING_SIGNALS
#else
#define RT_NAME_MAX 8
#endif
#ifdef ARCH_CPU_64BIT
#define RT_ALIGN_SIZE                  8
#define BOARD_STACK_BYTES(for_32_bits) (2 * (for_32_bits))
#else
#define RT_ALIGN_SIZE                  4
#define BOARD_STACK_BYTES(for_32_bits) (for_32_bits)
#endif
#define RT_THREAD_PRIORITY_32
#define RT_THREAD_PRIORITY_MAX 32
#define RT_TICK_PER_SECOND     1000
#define RT_USING_OVERFLOW_CHECK
#define RT_USING_HOOK
#define RT_HOOK_USING_FUNC_PTR
#define RT_USING_IDLE_HOOK
#define RT_IDLE_HOOK_LIST_SIZE 4
#if defined(BOARD_WITH_LITTLE_RAM)
#define IDLE_THREAD_STACK_SIZE     384
#define RT_TIMER_THREAD_STACK_SIZE 512
#elif !defined(BOARD_DEFAULT_STACKS) /* those of Kconfig: see there */
#define IDLE_THREAD_STACK_SIZE     BOARD_STACK_BYTES(1024)
#define RT_TIMER_THREAD_STACK_SIZE BOARD_STACK_BYTES(1024)
#else
#define IDLE_THREAD_STACK_SIZE     256
#define RT_TIMER_THREAD_STACK_SIZE 512
#endif
#define RT_USING_TIMER_SOFT
#define RT_TIMER_THREAD_PRIO 4

/* RT_ASSERT and the context checks: the name until 4.x, and those since 5.0 and 5.1. */
#define RT_DEBUG
#define RT_USING_DEBUG
#define RT_DEBUGING_ASSERT
#define RT_DEBUGING_CONTEXT

/* Of one core and of the largest backtrace: 5.1 uses them in any case. */
#define RT_CPUS_NR                1
#define RT_BACKTRACE_LEVEL_MAX_NR 32

#define RT_USING_SEMAPHORE
#define RT_USING_MUTEX
#define RT_USING_EVENT
#define RT_USING_MAILBOX
#define RT_USING_MESSAGEQUEUE

#define RT_USING_HEAP
#ifdef CONFIGURATION_LARGE
#define RT_USING_MEMHEAP
#define RT_USING_MEMHEAP_AS_HEAP
#define RT_MEMHEAP_FAST_MODE
#else
#define RT_USING_SMALL_MEM
#define RT_USING_SMALL_MEM_AS_HEAP
#endif
#define RT_USING_MEMPOOL

#define RT_USING_DEVICE
#define RT_USING_CONSOLE
#define RT_CONSOLEBUF_SIZE 128

/* ---- start-up -------------------------------------------------------------------------------------------------- */

#define RT_USING_COMPONENTS_INIT
#define RT_USING_USER_MAIN
#ifdef BOARD_WITH_LITTLE_RAM
#define RT_MAIN_THREAD_STACK_SIZE 768
#else
#define RT_MAIN_THREAD_STACK_SIZE BOARD_STACK_BYTES(2048)
#endif
#define RT_MAIN_THREAD_PRIORITY 10

/* ---- shell ----------------------------------------------------------------------------------------------------- */

#define RT_USING_FINSH
#define RT_USING_MSH
#define FINSH_THREAD_NAME     "tshell"
#define FINSH_THREAD_PRIORITY 20
#ifdef ARCH_CPU_64BIT /* a number, because a build script of 5.1 passes it on as it is written here */
#define FINSH_THREAD_STACK_SIZE 8192
#elif defined(BOARD_WITH_LITTLE_RAM)
#define FINSH_THREAD_STACK_SIZE 2048
#else
#define FINSH_THREAD_STACK_SIZE 4096
#endif
#define FINSH_USING_MSH
#define FINSH_USING_MSH_DEFAULT
#define FINSH_USING_MSH_ONLY
#define MSH_USING_BUILT_IN_COMMANDS
#define FINSH_USING_SYMTAB
#define FINSH_USING_DESCRIPTION
#define FINSH_USING_HISTORY
#define FINSH_HISTORY_LINES 5
#define FINSH_CMD_SIZE      128
#define FINSH_ARG_MAX       10

/* ---- files ----------------------------------------------------------------------------------------------------- */

#ifndef BOARD_WITHOUT_FILES
#define RT_USING_DFS
#ifdef CONFIGURATION_DFS2
#define RT_USING_DFS_V2
#define RT_USING_DEVICE_OPS
#else
#define RT_USING_DFS_V1
#endif
#define RT_USING_DFS_DEVFS
#define DFS_USING_POSIX
#define DFS_USING_WORKDIR
#define DFS_FILESYSTEMS_MAX      4
#define DFS_FILESYSTEM_TYPES_MAX 4
#define DFS_FD_MAX               16

/* FAT with long names, in the heap rather than on the stack of whoever opens a file. */
#define RT_USING_DFS_ELMFAT
#define RT_DFS_ELM_CODE_PAGE 437
#define RT_DFS_ELM_WORD_ACCESS
#define RT_DFS_ELM_USE_LFN         3
#define RT_DFS_ELM_MAX_LFN         255
#define RT_DFS_ELM_DRIVES          2
#define RT_DFS_ELM_MAX_SECTOR_SIZE 512
#define RT_DFS_ELM_REENTRANT
#endif

/* ---- drivers --------------------------------------------------------------------------------------------------- */

#define RT_USING_DEVICE_IPC
#define RT_PIPE_BUFSZ 512
#define RT_USING_SERIAL
#ifdef CONFIGURATION_SERIAL2
#define RT_USING_SERIAL_V2
#else
#define RT_USING_SERIAL_V1
#ifdef BOARD_WITH_LITTLE_RAM
#define RT_SERIAL_RB_BUFSZ 64
#else
#define RT_SERIAL_RB_BUFSZ 1024
#endif
#endif
#ifndef BOARD_WITH_LITTLE_RAM
#define RT_USING_PIN
#define RT_USING_I2C
#define RT_USING_I2C_BITOPS
#define RT_USING_SPI
#define RT_USING_ADC
#define RT_USING_PWM
#define RT_USING_DAC
#define RT_USING_WDT
#define RT_USING_HWTIMER
#define RT_USING_MTD_NOR
#define RT_USING_CAN
#define RT_CAN_USING_CANFD
#define RT_USING_SENSOR
#define RT_USING_HWCRYPTO
#define RT_HWCRYPTO_USING_RNG
#define RT_HWCRYPTO_DEFAULT_NAME "hwcryto"
#define RT_USING_RTC             /* without a clock, 5.x prints a warning for each file that is written */
#define RT_USING_SOFT_RTC
#endif

/* ---- utilities ------------------------------------------------------------------------------------------------- */

#ifndef BOARD_WITH_LITTLE_RAM
#define RT_USING_RYM
#endif

/* ---- C library and modules ------------------------------------------------------------------------------------- */

#ifdef BOARD_WITH_RT_THREAD_5 /* an expression of RT_VER_NUM would be too much for the preprocessor of SCons */
#ifndef BOARD_WITHOUT_FILES
#define RT_USING_POSIX_DEVIO
#define RT_USING_POSIX_FS
#define RT_USING_POSIX_POLL
#define RT_USING_POSIX_SELECT
#define RT_USING_POSIX_STDIO
#endif
#elif defined(BOARD_WITH_MINILIBC) /* RT-Thread's own, where the compiler brings none */
#define RT_USING_MINILIBC
#else
/* newlib has these three types itself, and RT-Thread 4.0.3 does not know. */
#define HAVE_SIGVAL
#define HAVE_SIGEVENT
#define HAVE_SIGINFO

#define RT_USING_NEWLIB
#define RT_USING_LIBC
#ifndef BOARD_WITHOUT_FILES
#define RT_USING_POSIX
#endif
#endif
#ifndef BOARD_WITHOUT_MODULES
#define RT_USING_MODULE
#endif

/* ---- kernel-glue ----------------------------------------------------------------------------------------------- */

#ifndef RTT_MOD_CHOOSES_GROUPS /* `cargo xtask size` chooses by itself */
#ifdef RT_USING_MODULE
#define RTT_MOD_USING_SCAN
#define RTT_MOD_USING_TIME_LIMIT
#endif
#define RTT_MOD_USING_STACK_GUARD
#define RTT_MOD_USING_DISPLAY
#endif

#endif /* RT_CONFIG_H__ */
