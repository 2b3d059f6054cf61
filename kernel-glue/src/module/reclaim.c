/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Takes the memory of modules back.
 *
 * `dlmodule_destroy` is linked with `-Wl,--wrap=dlmodule_destroy`: the idle thread, which destroys a module with its main
 * thread, and dlclose come here. The kernel's own function frees what dlmodule has of the module, but not the image.
 * Libraries go after their owner, since until then a timer of the owner's may call them. Those of a module whose image is
 * quarantined stay with it.
 */
#include <rtthread.h>

#include "reclaim.h"
#include "resource.h"

/* The thread that ended the module outlives it: the idle thread frees it next. */
static void forget_threads(struct rttm_module *module)
{
    struct rttm_module_thread *thread;

    rt_enter_critical();
    while (!rt_list_isempty(&module->threads))
    {
        thread = rt_list_first_entry(&module->threads, struct rttm_module_thread, node);
        rt_list_remove(&thread->node);
        thread->module = RT_NULL;
    }
    rttm_module_credit(module, module->heap_bytes);
    rttm_module_set_main_thread(module, RT_NULL);
    rt_exit_critical();
}

#ifdef RT_USING_MODULE

/* The linker replaces all calls of dlmodule_destroy by the first, and calls the kernel's own by the second name. */
rt_err_t __wrap_dlmodule_destroy(struct rt_dlmodule *kernel);
rt_err_t __real_dlmodule_destroy(struct rt_dlmodule *kernel);

/* Frees what dlmodule has of `module`, and calls its `module_cleanup`. */
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

    rttm_resources_release(module); /* of a library; a program has none any more */
    forget_threads(module);
    destroy_kernels(module);
    if (rttm_quarantine(module))
        return;
    rt_free(module->image);
    while ((library = library_of(module)) != RT_NULL)
        rttm_module_reclaim(library);
    rttm_module_delete(module);
}

rt_err_t __wrap_dlmodule_destroy(struct rt_dlmodule *kernel)
{
    struct rttm_module *module = kernel != RT_NULL ? rttm_module_of_handle(kernel) : RT_NULL;

    if (module == RT_NULL || kernel->stat == RT_DLMODULE_STAT_RUNNING)
        return __real_dlmodule_destroy(kernel);
    rttm_module_reclaim(module);
    return RT_EOK;
}

#else /* modules have neither an image nor libraries */

void rttm_module_reclaim(struct rttm_module *module)
{
    rttm_resources_release(module);
    forget_threads(module);
    rttm_module_delete(module);
}

#endif /* RT_USING_MODULE */
