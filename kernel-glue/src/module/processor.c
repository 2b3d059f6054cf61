/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Compares the processor that a module was compiled for with that of this kernel. A module for another core may run for a
 * long time before it comes to an instruction that this core does not have, or to a call with a floating-point number.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <string.h>

#include "loading.h"

#define FLOAT_HARD  0x400u /* EF_ARM_ABI_FLOAT_HARD */
#define FLOAT_RISCV 0x6u   /* EF_RISCV_FLOAT_ABI: how many registers pass floating-point numbers, if any */

/*
 * The processors in the names of Rust's targets whose code does not run here, each with its NUL. `mkmod check` has the
 * same list. Other processors are not checked.
 */
static const char incompatible_processors[] =
#if defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
    "armv5te\0"
    "armv7a\0"
    "armv7r\0"
    "thumbv7a\0"
    "thumbv7r\0"
#if __ARM_ARCH_ISA_THUMB < 2
    "thumbv7m\0"
#endif
#if !defined(__ARM_ARCH_7EM__) && !defined(__ARM_ARCH_8M_MAIN__) && !defined(__ARM_ARCH_8_1M_MAIN__)
    "thumbv7em\0"
#endif
#if __ARM_ARCH < 8
    "thumbv8m.base\0"
#endif
#if !defined(__ARM_ARCH_8M_MAIN__) && !defined(__ARM_ARCH_8_1M_MAIN__)
    "thumbv8m.main\0"
#endif
#elif defined(__arm__)
    "thumbv6m\0"
    "thumbv7m\0"
    "thumbv7em\0"
    "thumbv8m.base\0"
    "thumbv8m.main\0"
#if __ARM_ARCH < 7
    "armv7a\0"
    "armv7r\0"
    "thumbv7a\0"
    "thumbv7r\0"
#endif
#endif
    "";

/*
 * A module with hard float fails on a kernel without it, because the kernel does not save the registers. A module with soft
 * float on a kernel with hard float only fails where it calls functions with floating-point arguments; `mkmod check` warns.
 */
const char *rttm_check_flags(rt_uint32_t flags)
{
#if defined(__arm__) && !defined(__ARM_PCS_VFP)
    if (flags & FLOAT_HARD)
        return "built for hard float, and the kernel for soft float";
#elif defined(__riscv_float_abi_soft)
    if (flags & FLOAT_RISCV)
        return "built for hard float, and the kernel for soft float";
#else
    (void)flags;
#endif
    return RT_NULL;
}

const char *rttm_check_target(const char *target)
{
    const char *processor;
    rt_size_t   length;

    if (target == RT_NULL)
        return RT_NULL;
    for (processor = incompatible_processors; *processor != '\0'; processor += length + 1)
    {
        length = strlen(processor);
        if (strncmp(target, processor, length) == 0 && strncmp(target + length, "-none-", sizeof "-none-" - 1) == 0)
            return "built for a larger core, or one of another kind";
    }
    return RT_NULL;
}

#endif /* RT_USING_MODULE */
