/* SPDX-License-Identifier: Apache-2.0 */
/* Checks that text is UTF-8, because a Rust program uses its arguments as `str` without a check, and prints text of files. */
#include "utf8.h"

/* Bytes that follow `lead`, and the range of the first of them, which shuts out overlong forms and surrogates. */
static int continuation(rt_uint8_t lead, rt_uint8_t *lowest, rt_uint8_t *highest)
{
    *lowest = 0x80;
    *highest = 0xBF;

    if (lead < 0x80)
        return 0;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if (lead >= 0xE0 && lead <= 0xEF)
    {
        if (lead == 0xE0)
            *lowest = 0xA0;
        if (lead == 0xED)
            *highest = 0x9F;
        return 2;
    }
    if (lead >= 0xF0 && lead <= 0xF4)
    {
        if (lead == 0xF0)
            *lowest = 0x90;
        if (lead == 0xF4)
            *highest = 0x8F;
        return 3;
    }
    return -1;
}

rt_bool_t rttm_is_utf8(const char *text)
{
    const rt_uint8_t *at = (const rt_uint8_t *)text;

    while (*at != 0)
    {
        rt_uint8_t lowest, highest;
        int        count = continuation(*at++, &lowest, &highest);

        if (count < 0)
            return RT_FALSE;
        for (; count > 0; count--, at++)
        {
            if (*at < lowest || *at > highest)
                return RT_FALSE;
            lowest = 0x80;
            highest = 0xBF;
        }
    }
    return RT_TRUE;
}

/* Whether `at` begins one of U+0080 to U+009F, which terminals take for control characters as well. */
static rt_bool_t is_c1_control(const rt_uint8_t *at)
{
    return at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F;
}

void rttm_put_escaped(const char *text)
{
    const rt_uint8_t *at = (const rt_uint8_t *)text;

    for (; *at != 0; at++)
    {
        rt_bool_t is_c1 = is_c1_control(at);

        at += is_c1;
        rt_kprintf(is_c1 || *at < ' ' || *at == 0x7F ? "\\u{%x}" : "%c", *at);
    }
}
