/* SPDX-License-Identifier: Apache-2.0 */
/* The build of a module as text. */
#include "build_id.h"

const char *rttm_build_id_text(const rt_uint8_t id[RTTM_BUILD_ID_BYTES], char text[RTTM_BUILD_ID_TEXT_BYTES])
{
    int i;

    for (i = 0; i < RTTM_BUILD_ID_BYTES; i++)
        rt_sprintf(text + 2 * i, "%02x", id[i]);
    return text;
}
