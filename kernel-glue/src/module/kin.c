/* SPDX-License-Identifier: Apache-2.0 */
#include <rtthread.h>

#include "kin.h"

const void *rttm_kin_of(const struct rt_device *sample)
{
#ifdef RT_USING_DEVICE_OPS
    return sample->ops;
#else
    return (const void *)(rt_ubase_t)sample->control;
#endif
}
