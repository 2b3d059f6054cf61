/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_STACK_GUARD_H
#define RTTM_STACK_GUARD_H

#include <rtthread.h>

#if defined(RTT_MOD_USING_STACK_GUARD) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH == 7
#define RTTM_USING_STACK_GUARD
#endif

/* What a module's thread needs above the stack that it asks for. */
#ifdef RTTM_USING_STACK_GUARD
#define RTTM_STACK_GUARD_BYTES 64u
#else
#define RTTM_STACK_GUARD_BYTES 0u
#endif

#endif /* RTTM_STACK_GUARD_H */
