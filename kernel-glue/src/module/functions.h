/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of functions in the image of a module: its constructors, its destructors. */
#ifndef RTTM_FUNCTIONS_H
#define RTTM_FUNCTIONS_H

#include <stdint.h>

/* Functions without arguments: their addresses are one behind the other. */
struct rttm_functions
{
    uintptr_t first; /* where the first address is; any number if there is none */
    uint32_t  count;
};

#endif /* RTTM_FUNCTIONS_H */
