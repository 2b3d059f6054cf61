/* SPDX-License-Identifier: Apache-2.0 */
/* The size of an image, before it is loaded. */
#ifndef RTTM_IMAGE_H
#define RTTM_IMAGE_H

#include <rtthread.h>

/* The bytes that the module at `path` takes in memory, by what its header says; 0 when that can't be read. */
rt_uint32_t rttm_image_bytes(const char *path);

#endif /* RTTM_IMAGE_H */
