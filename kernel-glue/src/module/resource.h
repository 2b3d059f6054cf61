/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a module has of the kernel: each handle of the module ABI is a resource, which knows its owner and how it is given
 * back. A resource begins with a `struct rttm_resource`, 28 bytes on a 32-bit kernel.
 */
#ifndef RTTM_RESOURCE_H
#define RTTM_RESOURCE_H

#include <stdint.h>

#include <rtthread.h>

#include "../contain/shelter.h"

struct rt_dlmodule;
struct rttm_resource;

/* Why a resource is given back. */
enum rttm_reason
{
    RTTM_REASON_CLOSED,     /* by rttm_close, in a thread that may be any; not in a timer's call */
    RTTM_REASON_OWNER_ENDS, /* no thread of the owner's runs any more, and none of its functions is called */
};

struct rttm_class
{
    /* Gives everything back. The resource is in no list any more; the function ends with rttm_resource_free. */
    void (*release)(struct rttm_resource *resource, enum rttm_reason reason);
};

struct rttm_resource
{
    union
    {
        struct rttm_shelter making; /* of the thread that makes it, until it is enrolled or freed */
        rt_list_t           node;
    };
    const struct rttm_class *class;
    struct rt_dlmodule      *owner;
    rt_uint32_t              handles; /* how many rttm_close are to come; 0 when it is to be closed later */
    rt_uint32_t              bytes;   /* of the heap */
};

/*
 * Zeroed memory of `bytes` bytes that begins with a resource of the calling module's, or RT_NULL without memory. Nobody
 * knows the resource before rttm_resource_enroll; rttm_resource_free undoes it. In between the thread is sheltered:
 * stopped there, it would leave the resource to nobody. In an interrupt there is no memory.
 */
void *rttm_resource_new(const struct rttm_class *class, rt_size_t bytes);
void  rttm_resource_free(struct rttm_resource *resource);

/*
 * The same in memory of the caller's, who is sheltered and had so many bytes of the heap for it; `release` gives it back
 * without rttm_resource_free.
 */
void rttm_resource_begin(struct rttm_resource *resource, const struct rttm_class *class, rt_size_t bytes);

/* The result of the ABI after rttm_resource_new has returned RT_NULL. */
int32_t rttm_resource_error(void);

/* From now on the resource is closed by rttm_close, or when its owner ends. */
void rttm_resource_enroll(struct rttm_resource *resource);

/* The same for one that is given back after all those of rttm_resource_enroll. */
void rttm_resource_enroll_last(struct rttm_resource *resource);

/* The opposite: nobody closes it but the caller. In a critical section. */
void rttm_resource_withdraw(struct rttm_resource *resource);

/* One more rttm_close is to come. */
void rttm_resource_retain(struct rttm_resource *resource);

/* Closes what was closed where nothing may wait: in a thread, in the name of its owner. */
void rttm_resources_close_abandoned(void);

/* Gives back everything of `module`, the newest first. */
void rttm_resources_release(const struct rt_dlmodule *module);

/*
 * Calls `look` for each resource of `class`, or with RT_NULL of all, in a critical section, until it returns RT_TRUE. RT_NULL or the resource
 * for which it did.
 */
struct rttm_resource *rttm_resource_find(const struct rttm_class *class,
                                         rt_bool_t (*look)(const struct rttm_resource *resource, const void *context),
                                         const void *context);

#endif /* RTTM_RESOURCE_H */
