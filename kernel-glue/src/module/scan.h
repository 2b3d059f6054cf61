/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looks for pointers into the image of a module that is gone: a hook, a callback, a list that the kernel could still
 * follow. What is looked at: the kernel's variables, and its objects.
 */
#ifndef RTTM_SCAN_H
#define RTTM_SCAN_H

#include <rtthread.h>

/* A word that points into an image. */
struct rttm_pointer
{
    const rt_ubase_t *at;
    const char       *name;     /* of its object, else of what the kernel exports before it, else of its section */
    int               name_max; /* characters of it */
    const void       *start;    /* of what is called so */
};

/* The first pointer into the `bytes` bytes at `image`. RT_FALSE when there is none. */
rt_bool_t rttm_scan(const void *image, rt_size_t bytes, struct rttm_pointer *found);

#endif /* RTTM_SCAN_H */
