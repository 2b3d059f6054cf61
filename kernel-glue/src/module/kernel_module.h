/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel's record of a module. A kernel without RT_USING_MODULE has none: then the glue has one of its own, for the
 * programs in the firmware, with those of dlmodule's members and functions that the rest of the glue uses.
 */
#ifndef RTTM_KERNEL_MODULE_H
#define RTTM_KERNEL_MODULE_H

#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <dlmodule.h>

/* All modules, the newest first: nodes of their objects. */
rt_inline rt_list_t *rttm_modules(void)
{
    return &rt_object_get_information(RT_Object_Class_Module)->object_list;
}

/* The idle thread destroys a module with its main thread. */
rt_inline void rttm_destroy_before_main_thread(struct rt_dlmodule *module)
{
    (void)module;
}

#else

#define RT_DLMODULE_STAT_INIT    0
#define RT_DLMODULE_STAT_RUNNING 1
#define RT_DLMODULE_STAT_CLOSING 2
#define RT_DLMODULE_STAT_CLOSED  3

struct rt_dlmodule;

typedef void (*rt_dlmodule_init_func_t)(struct rt_dlmodule *module);
typedef int (*rt_dlmodule_entry_func_t)(int argc, char **argv);

struct rt_dlmodule
{
    struct rt_object         parent; /* a name and a place in the list of modules: the kernel does not know it */
    rt_uint8_t               stat;
    rt_uint16_t              priority;
    rt_uint16_t              nref;
    rt_uint32_t              stack_size;
    struct rt_thread        *main_thread;
    int                      ret_code;
    rt_uint32_t              vstart_addr;
    rt_dlmodule_init_func_t  init_func;
    rt_dlmodule_entry_func_t entry_addr;
    char                    *cmd_line;
    void                    *mem_space; /* RT_NULL: its image is the firmware's */
    rt_uint32_t              mem_size;
};

rt_list_t *rttm_modules(void);

/* RT_NULL without memory. */
struct rt_dlmodule *dlmodule_create(void);
rt_err_t            dlmodule_destroy(struct rt_dlmodule *module);

/* The module whose thread runs here, or RT_NULL. */
struct rt_dlmodule *dlmodule_self(void);

/*
 * Destroys `module`, of which nothing is left but the calling thread, which is the kernel's from then on. In a critical
 * section, which is left meanwhile: the heap may have to be waited for.
 */
void rttm_destroy_before_main_thread(struct rt_dlmodule *module);

#endif /* RT_USING_MODULE */

#endif /* RTTM_KERNEL_MODULE_H */
