/* SPDX-License-Identifier: Apache-2.0 */
/* How the memory of a module is taken back, and why its image may have to stay. */
#ifndef RTTM_RECLAIM_H
#define RTTM_RECLAIM_H

#include "record.h"

/*
 * Frees what is left of `module` when its threads are gone: its resources, its kernel objects, its image, its libraries and
 * at last its record. If the kernel still points into the image, image and record are quarantined instead (reclaim.c).
 */
void rttm_module_reclaim(struct rttm_module *module);

#ifdef RTT_MOD_USING_SCAN

/*
 * Quarantines the image of `module` if something in the kernel still points into it. Otherwise the kernel would call or
 * write to whatever uses that memory next. RT_FALSE if nothing points into it (quarantine.c).
 */
rt_bool_t rttm_quarantine(struct rttm_module *module);

/* A word that points into an image. */
struct rttm_pointer
{
    const rt_ubase_t *at;
    const char       *name;     /* of its object, else of what the kernel exports before it, else of its section */
    int               name_max; /* characters of it */
    const void       *start;    /* of what is called so */
};

/*
 * The first pointer into the `bytes` bytes at `image` in the kernel's variables and objects: a hook, a callback, a list
 * that the kernel could still follow. RT_FALSE when there is none (pointer_scan.c).
 */
rt_bool_t rttm_scan_for_pointer(const void *image, rt_size_t bytes, struct rttm_pointer *found);

#else

rt_inline rt_bool_t rttm_quarantine(struct rttm_module *module)
{
    (void)module;
    return RT_FALSE;
}

#endif

#endif /* RTTM_RECLAIM_H */
