/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes the memory of modules back, in the worker.
 *
 * `dlmodule_destroy` is linked with `-Wl,--wrap=dlmodule_destroy`: dlclose comes here, and the idle thread when it frees a
 * thread of a module. The kernel's own function frees what dlmodule has of the module, but not the image. Libraries go
 * after their owner, since until then a timer of the owner's may call them; so does one that is closed while something of
 * the owner's calls it. Those of a module whose image is quarantined stay with it.
 */
#include <rtthread.h>

#include "constructors.h"
#include "end.h"
#include "heap_blocks.h"
#include "image_memory.h"
#include "reclaim.h"
#include "resource.h"
#include "threads.h"
#include "upcall.h"
#include "waiter.h"

/* Blocks go last, because until then a device or the kernel may still use memory that the module gave to it. */
static void give_back(struct rttm_module *module)
{
    rttm_resources_release(module);
    rttm_blocks_free_all(module);
}

/* Frees all that the ABI has given to `module`. */
static void empty(struct rttm_module *module)
{
    give_back(module);
    rttm_threads_free_all(module);
    rttm_module_set_main_thread(module, RT_NULL);
    rttm_module_set_state(module, RTTM_STATE_EMPTY);
}

#ifdef RT_USING_MODULE

/* The linker replaces all calls of dlmodule_destroy by the first, and calls the kernel's own by the second name. */
rt_err_t __wrap_dlmodule_destroy(struct rt_dlmodule *kernel);
rt_err_t __real_dlmodule_destroy(struct rt_dlmodule *kernel);

static void upcall_cleanup(void *argument)
{
    struct rt_dlmodule *kernel = argument;

    kernel->cleanup_func(kernel);
}

static void upcall_destructors(void *argument)
{
    rttm_destruct(argument);
}

/* Calls the destructors of a module without a main thread and `module_cleanup`, once, and frees what they have made. */
static void clean_up(struct rttm_module *module)
{
    struct rt_dlmodule *kernel = module->kernel;

    if (kernel == RT_NULL)
        return;
    if (!rttm_is_program(module))
        rttm_upcall(module, RT_NULL, RTTM_MAY_NOT_WAIT, upcall_destructors, module);
    if (kernel->cleanup_func != RT_NULL)
        rttm_upcall(module, RT_NULL, RTTM_MAY_NOT_WAIT, upcall_cleanup, kernel);
    kernel->cleanup_func = RT_NULL;
    give_back(module);
}

/* Frees what dlmodule has of `module`. */
static void destroy_kernels(struct rttm_module *module)
{
    struct rt_dlmodule *kernel = module->kernel;

    if (kernel == RT_NULL)
        return;
    kernel->mem_space = RT_NULL; /* the image is the record's */
    rt_free(kernel->symtab);     /* with the names, which the kernel would free one by one */
    kernel->symtab = RT_NULL;
    kernel->nsym = 0;
    __real_dlmodule_destroy(kernel);
    rttm_module_forget_kernel(module);
}

static struct rttm_module *library_of(const struct rttm_module *owner)
{
    struct rttm_module *found = RT_NULL;
    struct rttm_module *module;

    rt_enter_critical();
    RTTM_FOR_EACH_MODULE(module)
    {
        if (module->owner == owner)
            found = module;
    }
    rt_exit_critical();
    return found;
}

void rttm_module_reclaim(struct rttm_module *module)
{
    struct rttm_module *library;

    empty(module);
    clean_up(module);
    destroy_kernels(module);
    rttm_waiters_tell_end(module);
    if (rttm_quarantine(module))
        return;
    rttm_image_free(module->image, module->memheap);
    while ((library = library_of(module)) != RT_NULL)
        rttm_module_reclaim(library);
    rttm_module_delete(module);
}

/*
 * Whether a library is still needed that nobody has open: it may have started threads and timers, and registered drivers,
 * callbacks and commands, for the module that has opened it.
 */
static rt_bool_t library_is_called(const struct rttm_module *library)
{
    return library->owner != RT_NULL && rttm_resources_call_into(library->owner, library->image, library->image_bytes);
}

/* The kernel destroys a module with its last reference, or its main thread. */
rt_err_t __wrap_dlmodule_destroy(struct rt_dlmodule *kernel)
{
    struct rttm_module *module = kernel != RT_NULL ? rttm_module_of_handle(kernel) : RT_NULL;

    if (module == RT_NULL)
        return __real_dlmodule_destroy(kernel);
    if (module->state == RTTM_STATE_LIBRARY && !library_is_called(module))
        rttm_discard(module);
    return RT_EOK;
}

#else /* modules have neither an image nor libraries */

void rttm_module_reclaim(struct rttm_module *module)
{
    empty(module);
    rttm_waiters_tell_end(module);
    rttm_module_delete(module);
}

#endif /* RT_USING_MODULE */
