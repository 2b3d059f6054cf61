/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The record of a module: all that the glue knows of it. It is one block of the heap, made when the load begins and freed
 * after everything else of the module. The load fills in what the module is made of; from then on, the fields are changed
 * by the functions of this header alone, and the list of threads by threads.c, that of resources by resource.c.
 */
#ifndef RTTM_RECORD_H
#define RTTM_RECORD_H

#include "../contain/exit_cause.h"
#include "../contain/module_thread.h"
#include "../contain/stack_needs.h"
#include "../port/build_id.h"
#include "../port/compat.h"
#include "rtt_mod.h"
#include "worker.h"

#ifdef RT_USING_MODULE
#include <dlmodule.h>
#endif

struct rttm_builtin;

/* No module shares the priority of the thread that frees threads. */
#define RTTM_PRIORITY_LOWEST (RTTM_PRIORITY_OF_FREEING - 1)

/* Of a thread; the least is in stack_needs.h. */
#define RTTM_STACK_BYTES_MAX 32768u

/* A module goes through these in their order, and through one of RUNNING, RESIDENT and LIBRARY at most. */
enum rttm_state
{
    RTTM_STATE_LOADING, /* of a program, until its `main` is called */
    RTTM_STATE_RUNNING,
    RTTM_STATE_RESIDENT, /* also while its `init` is called */
    RTTM_STATE_LIBRARY,
    RTTM_STATE_ENDING,
    RTTM_STATE_STOPPED,     /* it ends, and none of its threads runs */
    RTTM_STATE_EMPTY,       /* and nothing is left of it but its memory; it cleans up */
    RTTM_STATE_QUARANTINED, /* its image stays: something still points into it or runs in it; it may end once more */
};

struct rttm_module
{
    rt_list_t                  node;    /* in the list of all modules */
    struct rt_dlmodule        *kernel;  /* what dlmodule has of it; RT_NULL for a built-in program, and in quarantine */
    const struct rttm_builtin *builtin; /* RT_NULL for a module from a file */
    char                       name[RT_NAME_MAX]; /* with a NUL */

    volatile rt_uint8_t state;               /* enum rttm_state */
    rt_uint8_t          exit_cause;          /* enum rttm_exit_cause; when it ends */
    rt_uint8_t          priority;            /* of the main thread */
    rt_bool_t           stack_is_proven;     /* a stack of `stack_bytes` can't overflow */
    rt_bool_t           timers_need_threads; /* the worker's stack may be too small for its soft timers */
    rt_uint32_t         stack_bytes;
    rt_uint32_t         frame_bytes; /* of the largest frame at the end of a stack; 0: it is not known */
    rt_int32_t          exit_code;
    rt_tick_t           ends_since; /* when it ends */
    struct rttm_work    end;        /* of the worker */

    void       *image; /* RT_NULL for a built-in program: it is the firmware's */
    rt_uint32_t image_bytes;
    rt_uint32_t code_bytes;    /* of these bytes, from the start on: what may be instructions */
    rt_uint32_t image_padding; /* of these bytes, before address 0 of the program */
    rt_uint8_t  build_id[RTTM_BUILD_ID_BYTES];

#ifdef RTTM_HAS_MEMHEAPS
    struct rt_memheap *memheap; /* that the image is in; RT_NULL: the kernel's heap */
#endif
#ifdef RTT_MOD_USING_CONSTRUCTORS
    struct rttm_construction *construction; /* RT_NULL: it has neither constructors nor destructors */
#endif
    const struct rttm_app *app;          /* in the image; RT_NULL for a module that does not use the ABI */
    int (*entry)(int argc, char **argv); /* RT_NULL: it has no main thread */
    char               *command_line;
    struct rttm_module *owner;  /* of a library: it goes with this module; RT_NULL: it stands for itself */
    rt_thread_t         loader; /* the thread that loads it, and waits while it is initialized; RT_NULL: it is loaded */
    char               *path;   /* of a library that a module has opened: absolute, for rt_free; or RT_NULL */

    rt_thread_t main_thread; /* the one that it begins with; or RT_NULL */
    rt_thread_t panicking;   /* the thread that prints a panic, or RT_NULL */

    /* Both are changed in critical sections. */
    rt_list_t threads;   /* struct rttm_module_thread, the oldest first */
    rt_list_t resources; /* struct rttm_resource, in the order in which they are given back */
    rt_list_t blocks;    /* of heap_blocks.c; changed with interrupts off */

    rt_uint32_t block_bytes; /* of what is in `blocks` */
    rt_uint32_t heap_bytes;
    rt_uint32_t heap_peak_bytes;
    rt_uint32_t loaded_at; /* seconds since the kernel booted */
};

/* ---- life -------------------------------------------------------------------------------------------------------- */

/* A record in the state LOADING, in the list of all modules, with as much of `name` as fits. RT_NULL without memory. */
struct rttm_module *rttm_module_new(const char *name);

/* Frees a record of which nothing else is left. */
void rttm_module_delete(struct rttm_module *module);

/*
 * Begins the end of `module`. Of those who want to end it at once only the first gets RT_TRUE, and has to end it: with
 * `code`, and for `cause`. From interrupts too.
 */
rt_bool_t rttm_module_claim_end(struct rttm_module *module, rt_int32_t code, enum rttm_exit_cause cause);

/* Whether somebody has begun to end `module`. */
rt_inline rt_bool_t rttm_is_ending(const struct rttm_module *module)
{
    return module->state >= RTTM_STATE_ENDING && module->state <= RTTM_STATE_EMPTY;
}

/* Whether none of its code may run any more, but for its clean-up: it ends, or it is quarantined. */
rt_inline rt_bool_t rttm_is_over(const struct rttm_module *module)
{
    return module->state >= RTTM_STATE_ENDING;
}

/*
 * Moves `module` on to `state`: by the load, by the main thread when it begins, and from ENDING on by the worker. dlmodule
 * hears of it: it destroys no module that it takes for running.
 */
rt_inline void rttm_module_set_state(struct rttm_module *module, enum rttm_state state)
{
    module->state = (rt_uint8_t)state;
#ifdef RT_USING_MODULE
    if (state == RTTM_STATE_RUNNING && module->kernel != RT_NULL)
        module->kernel->stat = RT_DLMODULE_STAT_RUNNING;
    if (state == RTTM_STATE_EMPTY && module->kernel != RT_NULL)
        module->kernel->stat = RT_DLMODULE_STAT_CLOSING;
#endif
}

/* ---- all modules ------------------------------------------------------------------------------------------------- */

/* The list of all modules, the newest first. Changed in critical sections. */
extern rt_list_t rttm_modules;

/* Visits each of them: for use in a critical section, or with interrupts off. */
#define RTTM_FOR_EACH_MODULE(module) rt_list_for_each_entry(module, &rttm_modules, node)

/* The module whose handle `module_init` gets: a `struct rt_dlmodule`, or the record itself. RT_NULL when there is none. */
struct rttm_module *rttm_module_of_handle(const void *handle);

/*
 * The module that `thread` runs for, or RT_NULL. A thread that C code has made knows its module in 4.x; in 5.x it is the
 * module whose image has the thread's entry function, or whose library has it.
 */
struct rttm_module *rttm_module_of_thread(rt_thread_t thread);

/* ---- fields ------------------------------------------------------------------------------------------------------ */

/* Where address 0 of the program is. */
rt_inline rt_ubase_t rttm_module_base(const struct rttm_module *module)
{
    return (rt_ubase_t)module->image + module->image_padding;
}

/* `module`, which may be RT_NULL, has so many bytes of the heap more, or less. In a critical section. */
void rttm_module_charge(struct rttm_module *module, rt_uint32_t bytes);
void rttm_module_credit(struct rttm_module *module, rt_uint32_t bytes);

/* What dlmodule had of `module` is gone. */
rt_inline void rttm_module_forget_kernel(struct rttm_module *module)
{
    module->kernel = RT_NULL;
}

/* `module` is a library that goes with `owner`; RT_NULL: it stands for itself. */
rt_inline void rttm_module_set_owner(struct rttm_module *module, struct rttm_module *owner)
{
    module->owner = owner;
}

/* `module` is a library that was opened from `path`, which is absolute and freed with the record. */
rt_inline void rttm_module_set_path(struct rttm_module *module, char *path)
{
    module->path = path;
}

/* `thread` is the one that `module` begins with. */
rt_inline void rttm_module_set_main_thread(struct rttm_module *module, rt_thread_t thread)
{
    module->main_thread = thread;
#ifdef RT_USING_MODULE
    if (module->kernel != RT_NULL)
        module->kernel->main_thread = thread;
#endif
}

/* `thread` begins to print a panic. RT_FALSE if it prints one already. */
rt_inline rt_bool_t rttm_module_begin_panic(struct rttm_module *module, rt_thread_t thread)
{
    rt_bool_t begins = module->panicking != thread;

    module->panicking = thread;
    return begins;
}

/* The `init` of a resident module, or RT_NULL. */
int32_t (*rttm_module_init(const struct rttm_module *module))(void);

/* Whether it has a main thread, once its `module_init` has returned. */
rt_inline rt_bool_t rttm_is_program(const struct rttm_module *module)
{
    return module->entry != RT_NULL && rttm_module_init(module) == RT_NULL;
}

#endif /* RTTM_RECORD_H */
