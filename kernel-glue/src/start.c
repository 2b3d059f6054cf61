/* SPDX-License-Identifier: Apache-2.0 */
#include "start.h"

void rttm_start(struct rt_dlmodule *module)
{
    if (module->init_func != RT_NULL)
        module->init_func(module);
}
