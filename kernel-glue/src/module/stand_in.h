/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stand-ins: functions that a module gets in place of those that the kernel exports, so that what they give it is a
 * resource of the module's and comes back with it.
 */
#ifndef RTTM_STAND_IN_H
#define RTTM_STAND_IN_H

#include <stdint.h>

#include <rtthread.h>

struct rttm_stand_in
{
    void (*kernels)(void); /* the function that the kernel exports */
    void (*ours)(void);    /* a function of the same type */
};

/* The stand-ins of one file. */
struct rttm_stand_ins
{
    struct rttm_stand_ins      *next;
    const struct rttm_stand_in *first;
    rt_uint32_t                 count;
};

#define RTTM_STAND_IN(kernels, ours)                      \
    {                                                     \
        (void (*)(void))(kernels), (void (*)(void))(ours) \
    }

/* Adds the stand-ins of a file, when the kernel boots. */
void rttm_stand_ins_add(struct rttm_stand_ins *stand_ins);

/* The address that a module gets for what the kernel exports at `address`. */
uintptr_t rttm_stand_in_for(uintptr_t address);

#endif /* RTTM_STAND_IN_H */
