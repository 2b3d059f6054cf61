/* SPDX-License-Identifier: Apache-2.0 */
/* Whether this firmware makes upcalls. */
#ifndef RTTM_CALLBACKS_H
#define RTTM_CALLBACKS_H

#include "../port/groups.h"

/* Upcalls are made by timers, shell commands, devices, drivers, pins, and by the load of resident modules. */
#if defined(RTT_MOD_USING_TIMER) || defined(RTT_MOD_USING_SHELL) || defined(RTT_MOD_USING_DEVICE) || \
    defined(RTT_MOD_USING_DRIVER) || defined(RTT_MOD_USING_PIN) || defined(RTT_MOD_USING_RESIDENT)
#define RTTM_HAS_CALLBACKS
#endif

#endif /* RTTM_CALLBACKS_H */
