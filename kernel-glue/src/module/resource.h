/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Resources: what a module has of the kernel. Each handle of the module ABI is a resource, which knows its owner and how it
 * is released. A resource begins with a `struct rttm_resource`, which has 28 bytes on a 32-bit kernel.
 */
#ifndef RTTM_RESOURCE_H
#define RTTM_RESOURCE_H

#include <stdint.h>

#include <rtthread.h>

#include "../contain/cancel.h"
#include "../port/groups.h"

struct rttm_module;
struct rttm_resource;

/* Why a resource is released. */
enum rttm_release_cause
{
    RTTM_RELEASE_CLOSED,     /* by rttm_close, in a thread that may wait, or in the worker */
    RTTM_RELEASE_OWNER_ENDS, /* no thread of the owner runs any more, and no upcall is in its functions */
};

struct rttm_class
{
    /* Releases everything. Nobody uses the resource, and it is in no list. Ends with rttm_resource_free. */
    void (*release)(struct rttm_resource *resource, enum rttm_release_cause cause);
    rt_bool_t   is_left_to_users; /* a close does not wait until they are done: they may take long */
    rt_uint16_t functions_at[2];  /* where it has pointers to functions of its owner's; 0: nowhere */
};

/* For `functions_at`. The C library in the kernel of 4.0.3 has no offsetof. */
#define RTTM_FUNCTION_AT(type, member) __builtin_offsetof(type, member)

struct rttm_resource
{
    union
    {
        struct rttm_cancel_scope making; /* of the thread that makes it, until it is enrolled or freed */
        rt_list_t                node;   /* afterwards, in the list of its owner */
    } link;
    const struct rttm_class *class;
    struct rttm_module *owner;   /* RT_NULL: code of the firmware */
    rt_uint16_t         handles; /* open handles; 0: it is closed, and released when it has no users */
    rt_uint16_t         users;   /* of those who call or read it; see rttm_pin */
    rt_uint32_t         bytes;   /* of the heap */
};

/*
 * Makes a resource of the calling module: `bytes` bytes of zeroed memory, or RT_NULL without memory. It has to be followed by
 * rttm_resource_enroll or rttm_resource_free. In between the thread can't be cancelled, because it would leak the resource.
 * RT_NULL where rttm_may_allocate says so.
 */
void *rttm_resource_new(const struct rttm_class *class, rt_size_t bytes);
void  rttm_resource_free(struct rttm_resource *resource);

/* The result of the ABI after rttm_resource_new has returned RT_NULL. */
int32_t rttm_resource_error(void);

/* Adds the resource to its owner: from now on it is closed by rttm_close, or when the owner ends. */
void rttm_resource_enroll(struct rttm_resource *resource);

/* Takes the resource from its owner, for the caller to release. In a critical section. */
void rttm_resource_withdraw(struct rttm_resource *resource);

/* Adds a handle, for one more rttm_close. With 65535 of them, the resource stays until its owner ends. */
void rttm_resource_retain(struct rttm_resource *resource);

/*
 * Counts the caller as a user of the resource, which is not released until rttm_unpin, even if it is closed meanwhile.
 * RT_FALSE if it is closed already. From anywhere.
 */
rt_bool_t rttm_pin(struct rttm_resource *resource);
void      rttm_unpin(struct rttm_resource *resource);

/* Calls `release`, a function of the owner's or RT_NULL, that frees what the resource calls. */
void rttm_resource_drop(struct rttm_resource *resource, void (*release)(void *context), void *context);

/* Releases all resources of `module`, the newest first. */
void rttm_resources_release(struct rttm_module *module);

/*
 * Frees the memory of a resource later, when the kernel's timer thread and interrupts are done with their current calls,
 * which may still read it. In a thread.
 */
void rttm_resource_free_deferred(struct rttm_resource *resource);

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

/* Whether `owner` has a resource with a function in these bytes of memory, which so may be called. */
rt_bool_t rttm_resources_call_into(struct rttm_module *owner, const void *start, rt_size_t bytes);

#endif /* RTTM_RESOURCE_H */
