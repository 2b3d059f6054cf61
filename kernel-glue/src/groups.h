/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Groups of functions that the firmware may do without: those whose component the kernel has not, and those that are
 * switched off in Kconfig. A module that needs one of them is refused, by name.
 *
 * Kconfig knows of each group by a symbol of its own. A configuration that is written by hand has none of these symbols,
 * and gets what the kernel has; RTT_MOD_CHOOSES_GROUPS tells the two apart.
 */
#ifndef RTTM_GROUPS_H
#define RTTM_GROUPS_H

#include <rtconfig.h>

#ifndef RTT_MOD_CHOOSES_GROUPS
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
#endif

#endif /* RTTM_GROUPS_H */
