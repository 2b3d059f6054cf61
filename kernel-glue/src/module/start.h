/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_START_H
#define RTTM_START_H

#include <dlmodule.h>

/* Calls the `module_init` of a module that is loaded, if it has one: the first of its code that runs. */
void rttm_start(struct rt_dlmodule *module);

#endif /* RTTM_START_H */
