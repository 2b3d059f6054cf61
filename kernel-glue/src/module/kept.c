/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "figures.h"
#include "kept.h"
#include "library.h"
#include "scan.h"

/* The kernel's own, of which `dlmodule_destroy` is wrapped: see library.c. */
rt_err_t __real_dlmodule_destroy(struct rt_dlmodule *module);

#ifdef RTT_MOD_USING_SCAN

static void tell(const char *name, const void *image, const struct rttm_pointer *pointer)
{
    rt_kprintf("%.*s: kept: %.*s+0x%x (at 0x%08x) points to its image+0x%x; see `mod unload`\n", RT_NAME_MAX, name,
               pointer->name_max, pointer->name, (unsigned)((rt_ubase_t)pointer->at - (rt_ubase_t)pointer->start),
               (unsigned)(rt_ubase_t)pointer->at, (unsigned)(*pointer->at - (rt_ubase_t)image));
}

/*
 * It has the memory of the module's object, which was just freed: if that is gone to others, the image is kept all the
 * same, but in no list.
 */
static struct rt_dlmodule *keep(const char *name, void *image, rt_uint32_t bytes)
{
    struct rt_dlmodule *kept = dlmodule_create();

    if (kept == RT_NULL)
        return RT_NULL;
    rt_memcpy(kept->parent.name, name, RT_NAME_MAX);
    kept->mem_space = image;
    kept->mem_size = bytes;
    kept->stat = RT_DLMODULE_STAT_CLOSED;
    rttm_figures_begin(kept);
    rttm_library_enroll(kept, RT_NULL); /* not among the objects of who has closed a library */
    return kept;
}

struct rt_dlmodule *rttm_destroy_or_keep(struct rt_dlmodule *module)
{
    struct rttm_pointer pointer;
    char                name[RT_NAME_MAX];
    void               *image = module->mem_space;
    rt_uint32_t         bytes = module->mem_size;

    rt_memcpy(name, module->parent.name, sizeof name);
    module->mem_space = RT_NULL; /* so that the kernel's objects of the module go, and the image does not */
    module->mem_size = 0;
    __real_dlmodule_destroy(module);
    if (image == RT_NULL || !rttm_scan(image, bytes, &pointer)) /* there was no memory for it */
    {
        rt_free(image);
        return RT_NULL;
    }
    tell(name, image, &pointer);
    return keep(name, image, bytes);
}

#else

struct rt_dlmodule *rttm_destroy_or_keep(struct rt_dlmodule *module)
{
    __real_dlmodule_destroy(module);
    return RT_NULL;
}

#endif

#endif /* RT_USING_MODULE */
