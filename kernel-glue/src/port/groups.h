/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The optional groups of functions, and the optional parts of the command `mod`. A group is left out if the kernel does
 * not have its component, or if Kconfig switches it off. The loader refuses a module that needs a function which is
 * left out.
 *
 * Kconfig has a symbol for each group. A configuration that is written by hand has none of these symbols, and gets all
 * groups that the kernel supports. RTT_MOD_CHOOSES_GROUPS tells the two apart.
 *
 * Code that only the files of one group use needs no symbol: the linker removes it (--gc-sections).
 */
#ifndef RTTM_GROUPS_H
#define RTTM_GROUPS_H

#include <rtconfig.h>

#ifndef RTT_MOD_CHOOSES_GROUPS

/* ---- what programs may use ------------------------------------------------------------------------------------- */

#ifdef RT_USING_SEMAPHORE
#define RTT_MOD_USING_SEMAPHORE
#endif
#ifdef RT_USING_MUTEX
#define RTT_MOD_USING_MUTEX
#endif
#ifdef RT_USING_EVENT
#define RTT_MOD_USING_EVENT
#define RTT_MOD_USING_THREAD
#endif
#ifdef RT_USING_MAILBOX
#define RTT_MOD_USING_MAILBOX
#endif
#ifdef RT_USING_MESSAGEQUEUE
#define RTT_MOD_USING_QUEUE
#endif
#ifdef RT_USING_MEMPOOL
#define RTT_MOD_USING_POOL
#endif
#define RTT_MOD_USING_NAME
#define RTT_MOD_USING_LOG
#define RTT_MOD_USING_ENVIRONMENT
#define RTT_MOD_USING_INTERRUPT
#define RTT_MOD_USING_TIME
#define RTT_MOD_USING_TIMER
#define RTT_MOD_USING_KERNEL_HEAP
#define RTT_MOD_USING_CONSOLE
#if defined(RT_USING_MODULE) || defined(RT_USING_POSIX) || defined(RT_USING_POSIX_FS)
#define RTT_MOD_USING_FILE
#endif
#define RTT_MOD_USING_DEVICE
#define RTT_MOD_USING_DRIVER
#ifdef RT_USING_MODULE
#define RTT_MOD_USING_LIBRARY
#define RTT_MOD_USING_C_MODULES
#define RTT_MOD_USING_CONSTRUCTORS
#define RTT_MOD_USING_MEMORY
#ifdef RT_USING_MEMHEAP
#define RTT_MOD_USING_MEMHEAP
#endif
#endif
#ifdef RT_USING_PIN
#define RTT_MOD_USING_PIN
#endif
#ifdef RT_USING_I2C
#define RTT_MOD_USING_I2C
#endif
#ifdef RT_USING_SPI
#define RTT_MOD_USING_SPI
#endif
#ifdef RT_USING_SERIAL
#define RTT_MOD_USING_UART
#endif
#ifdef RT_USING_ADC
#define RTT_MOD_USING_ADC
#endif
#ifdef RT_USING_PWM
#define RTT_MOD_USING_PWM
#endif
#ifdef RT_USING_DAC
#define RTT_MOD_USING_DAC
#endif
#ifdef RT_USING_WDT
#define RTT_MOD_USING_WATCHDOG
#endif
#ifdef RT_USING_HWTIMER
#define RTT_MOD_USING_HWTIMER
#endif
#ifdef RT_USING_MTD_NOR
#define RTT_MOD_USING_FLASH
#endif
#ifdef RT_USING_SENSOR
#define RTT_MOD_USING_SENSOR
#endif
#ifdef RT_USING_CAN
#define RTT_MOD_USING_CAN
#endif
#ifdef RT_HWCRYPTO_USING_RNG
#define RTT_MOD_USING_RANDOM
#endif
#define RTT_MOD_USING_BLOCK /* RTT_MOD_USING_DISPLAY has to be defined: RT-Thread has no option for displays */
#ifdef RT_USING_RTC
#define RTT_MOD_USING_CLOCK
#endif
#ifdef RT_USING_SAL
#define RTT_MOD_USING_NET
#endif

/* ---- what the firmware does with them -------------------------------------------------------------------------- */

/* MSH: the first name is that of 4.x, the second that of 5.x. */
#if defined(FINSH_USING_MSH) || defined(RT_USING_MSH)
#define RTT_MOD_USING_COMMAND
#define RTT_MOD_USING_COMMAND_COMPLETION
#define RTT_MOD_USING_LOG
#define RTT_MOD_USING_SHELL
#define RTT_MOD_USING_COMPLETION
#ifdef RT_USING_MODULE
#define RTT_MOD_USING_INFO
#define RTT_MOD_USING_SERVE
#ifdef RT_USING_RYM
#define RTT_MOD_USING_RECEIVE
#endif
#endif
#endif
#define RTT_MOD_USING_RESIDENT
#ifdef RT_USING_MODULE
#define RTT_MOD_USING_AUTOSTART
#define RTT_MOD_USING_LOOKUP
#endif
#define RTT_MOD_USING_FAULTS

#endif /* RTT_MOD_CHOOSES_GROUPS */

/* Images may be in memheaps: in that of RTT_MOD_MEMHEAP, or in one that the module names. */
#if defined(RT_USING_MEMHEAP) && (defined(RTT_MOD_MEMHEAP) || defined(RTT_MOD_USING_MEMHEAP))
#define RTTM_HAS_MEMHEAPS
#endif

#endif /* RTTM_GROUPS_H */
