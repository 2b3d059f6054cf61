/* SPDX-License-Identifier: Apache-2.0 */
/* Where modules get from what is typed at the console. */
#ifndef RTTM_CONSOLE_H
#define RTTM_CONSOLE_H

#include <stdint.h>

/* Moves at most `capacity` bytes to `bytes`, and returns how many there were. Called by threads of modules. */
typedef int32_t rttm_console_source_t(uint8_t *bytes, uint32_t capacity);

/* What modules read from while somebody else reads the console device; RT_NULL for the device itself. */
extern rttm_console_source_t *rttm_console_source;

#endif /* RTTM_CONSOLE_H */
