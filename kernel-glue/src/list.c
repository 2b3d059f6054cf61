/* SPDX-License-Identifier: Apache-2.0 */
/* `mod list`. */
#include <dlmodule.h>

#include "app.h"
#include "end.h"
#include "list.h"
#include "module.h"

/* A module as the list shows it: copied, since it may be gone by the time that its line is printed. */
struct line
{
    char        name[RT_NAME_MAX];
    const char *state;
    rt_uint32_t image_bytes;
    int         threads;
    char        description[48];
};

static const char *state_of(const struct rt_dlmodule *module)
{
    if (rttm_is_ending(module))
        return "closing";
    if (module->main_thread == RT_NULL)
        return rttm_is_resident(module) ? "resident" : "library";
    switch (module->stat)
    {
    case RT_DLMODULE_STAT_INIT:
        return "starting";
    case RT_DLMODULE_STAT_RUNNING:
        return "running";
    default:
        return "closing";
    }
}

static int threads_of(const struct rt_dlmodule *module)
{
    int made = 0;

    while (rttm_module_thread(module, made) != RT_NULL)
        made++;
    return module->main_thread != RT_NULL ? made + 1 : made;
}

/* Copies the module at `position` of the kernel's list; RT_FALSE behind the last one. */
static rt_bool_t copy_line(int position, struct line *line)
{
    struct rt_object_information *modules = rt_object_get_information(RT_Object_Class_Module);
    rt_bool_t                     found = RT_FALSE;
    rt_list_t                    *node;

    rt_enter_critical();
    rt_list_for_each(node, &modules->object_list)
    {
        struct rt_dlmodule *module = (struct rt_dlmodule *)rt_list_entry(node, struct rt_object, list);

        if (position-- != 0)
            continue;
        rt_memcpy(line->name, module->parent.name, sizeof line->name);
        line->state = state_of(module);
        line->image_bytes = module->mem_size;
        line->threads = threads_of(module);
        rttm_app_description(module, line->description, sizeof line->description);
        found = RT_TRUE;
    }
    rt_exit_critical();
    return found;
}

void rttm_list(void)
{
    struct line line;
    int         position;

    rt_kprintf("%-*s %-8s %8s %8s\n", RT_NAME_MAX, "name", "state", "image", "threads");
    for (position = 0; copy_line(position, &line); position++)
    {
        rt_kprintf("%-*.*s %-8s %8u %8d%s%s\n", RT_NAME_MAX, RT_NAME_MAX, line.name, line.state,
                   (unsigned)line.image_bytes, line.threads, line.description[0] != '\0' ? "  " : "",
                   line.description);
    }
}
