/* SPDX-License-Identifier: Apache-2.0 */
/* Moves kernel objects from a module's list to the kernel's own. */
#include <rtthread.h>
#include <rthw.h>

#include "kernel_object.h"

void rttm_object_make_kernels(struct rt_object *object)
{
    struct rt_object_information *class;
    rt_base_t level;

    class = rt_object_get_information((enum rt_object_class_type)rt_object_get_type(object));
    level = rt_hw_interrupt_disable();
#ifdef RT_USING_MODULE
    object->module_id = RT_NULL;
#endif
    rt_list_remove(&object->list);
    rt_list_insert_after(&class->object_list, &object->list);
    rt_hw_interrupt_enable(level);
}
