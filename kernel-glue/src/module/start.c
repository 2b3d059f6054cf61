/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "start.h"

void rttm_start(struct rt_dlmodule *module)
{
    if (module->init_func != RT_NULL)
        module->init_func(module);
}

#endif /* RT_USING_MODULE */
