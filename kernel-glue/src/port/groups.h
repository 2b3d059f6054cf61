/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Groups of functions that the firmware may do without: those whose component the kernel has not, and those that are
 * switched off in Kconfig. A module that needs one of them is refused, by name. And parts of the command `mod`.
 *
 * Kconfig knows of each group by a symbol of its own. A configuration that is written by hand has none of these symbols,
 * and gets what the kernel has; RTT_MOD_CHOOSES_GROUPS tells the two apart.
 *
 * What only the files of one group use is left out by the linker (--gc-sections), and needs no symbol.
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
#ifdef RT_USING_SAL
#define RTT_MOD_USING_NET
#endif

/* ---- what the firmware does with them -------------------------------------------------------------------------- */

/* MSH: the first name is 4.x's, the second 5.x's. */
#if defined(FINSH_USING_MSH) || defined(RT_USING_MSH)
#define RTT_MOD_USING_COMMAND
#define RTT_MOD_USING_COMMAND_COMPLETION
#define RTT_MOD_USING_LOG
#define RTT_MOD_USING_SHELL
#define RTT_MOD_USING_COMPLETION
#ifdef RT_USING_MODULE
#define RTT_MOD_USING_INFO
#ifdef RT_USING_RYM
#define RTT_MOD_USING_RECEIVE
#endif
#endif
#endif
#ifdef RT_USING_MODULE
#define RTT_MOD_USING_RESIDENT
#define RTT_MOD_USING_AUTOSTART
#define RTT_MOD_USING_LOOKUP
#endif
#define RTT_MOD_USING_FAULTS

#endif /* RTT_MOD_CHOOSES_GROUPS */

#endif /* RTTM_GROUPS_H */
