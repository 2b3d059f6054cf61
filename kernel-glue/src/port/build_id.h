/* SPDX-License-Identifier: Apache-2.0 */
/* The build of a module, by which mkmod finds its symbols. */
#ifndef RTTM_BUILD_ID_H
#define RTTM_BUILD_ID_H

#include <rtthread.h>

#define RTTM_BUILD_ID_BYTES 8

/* The digits of a build, with their NUL. */
#define RTTM_BUILD_ID_TEXT_BYTES (2 * RTTM_BUILD_ID_BYTES + 1)

/* Writes the digits of `id` to `text`, and returns `text`. */
const char *rttm_build_id_text(const rt_uint8_t id[RTTM_BUILD_ID_BYTES], char text[RTTM_BUILD_ID_TEXT_BYTES]);

#endif /* RTTM_BUILD_ID_H */
