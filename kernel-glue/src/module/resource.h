/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a module has of the kernel: each handle of the module ABI is a resource, which knows its owner and how it is given
 * back. A resource begins with a `struct rttm_resource`, 28 bytes on a 32-bit kernel.
 */
#ifndef RTTM_RESOURCE_H
#define RTTM_RESOURCE_H

#include <stdint.h>

#include <rtthread.h>

#include "../contain/cancel.h"
#include "../port/groups.h"

struct rttm_module;
struct rttm_resource;

/* Why a resource is given back. */
enum rttm_release_cause
{
    RTTM_RELEASE_CLOSED,     /* by rttm_close, in a thread that may be any; not in a timer's call */
    RTTM_RELEASE_OWNER_ENDS, /* no thread of the owner's runs any more, and none of its functions is called */
};

struct rttm_class
{
    /* Gives everything back. The resource is in no list any more; the function ends with rttm_resource_free. */
    void (*release)(struct rttm_resource *resource, enum rttm_release_cause reason);
};

struct rttm_resource
{
    union
    {
        struct rttm_cancel_scope making; /* of the thread that makes it, until it is enrolled or freed */
        rt_list_t                node;   /* in its owner's list, then */
    } link;
    const struct rttm_class *class;
    struct rttm_module *owner;   /* RT_NULL: code of the kernel's has it */
    rt_uint32_t         handles; /* how many rttm_close are to come; 0 when it is to be closed later */
    rt_uint32_t         bytes;   /* of the heap */
};

/*
 * Zeroed memory of `bytes` bytes that begins with a resource of the calling module's, or RT_NULL without memory. Nobody
 * knows the resource before rttm_resource_enroll; rttm_resource_free undoes it. In between the thread can't be cancelled:
 * stopped there, it would leave the resource to nobody. In an interrupt there is no memory.
 */
void *rttm_resource_new(const struct rttm_class *class, rt_size_t bytes);
void  rttm_resource_free(struct rttm_resource *resource);

/*
 * The same in memory of the caller's, who can't be cancelled and had so many bytes of the heap for it; `release` gives it back
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
void rttm_resources_release(struct rttm_module *module);

/*
 * Frees the memory of a resource when the kernel's timer thread, and interrupts, have finished with what they are doing
 * now: they may look at it once more. In a thread.
 */
void rttm_resource_free_deferred(struct rttm_resource *resource);

/* Frees the memory of those. */
#ifdef RTT_MOD_USING_TIMER
void rttm_resources_free_deferred(void);
#else
rt_inline void rttm_resources_free_deferred(void)
{
}
#endif

/* Whether the resource is in its owner's list. In a critical section. */
rt_inline rt_bool_t rttm_resource_is_enrolled(const struct rttm_resource *resource)
{
    return !rt_list_isempty(&resource->link.node);
}

/*
 * Calls `look` for each resource of `class`, or with RT_NULL of all, in a critical section, until it returns RT_TRUE. The
 * resource for which it did, or RT_NULL.
 */
struct rttm_resource *rttm_resource_find(const struct rttm_class *class,
                                         rt_bool_t (*look)(const struct rttm_resource *resource, const void *context),
                                         const void *context);

/* The same for those of `owner` alone. */
struct rttm_resource *rttm_resource_find_of(struct rttm_module *owner, const struct rttm_class *class,
                                            rt_bool_t (*look)(const struct rttm_resource *resource,
                                                              const void                 *context),
                                            const void *context);

#endif /* RTTM_RESOURCE_H */
