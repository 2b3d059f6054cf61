/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers of the board's generator, by RT-Thread's hwcrypto. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_RANDOM

#include <rtthread.h>
#include <rtdevice.h>
#include <rtm.h>

#include "transfer.h"

int32_t rttm_random_fill(void *bytes, uint32_t length)
{
    struct rttm_cancel_scope scope;
    uint8_t                 *place = bytes;
    int32_t                  result = rttm_transfer_begin(&scope);

    if (result != RTTM_OK)
        return result;
    /* Without a device, rt_hwcrypto_rng_update returns zeros. */
    if (rt_hwcrypto_dev_default() == RT_NULL)
        result = RTTM_ERROR_NOT_FOUND;
    while (result == RTTM_OK && length > 0)
    {
        uint32_t word = rt_hwcrypto_rng_update();
        uint32_t part = length < sizeof word ? length : sizeof word;

        rt_memcpy(place, &word, part);
        place += part;
        length -= part;
    }
    rttm_transfer_end(&scope);
    return result;
}
RTM_EXPORT(rttm_random_fill)

#endif /* RTT_MOD_USING_RANDOM */
