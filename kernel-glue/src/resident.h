/* SPDX-License-Identifier: Apache-2.0 */
/* Modules that stay, and the end of modules at the user's wish. */
#ifndef RTTM_RESIDENT_H
#define RTTM_RESIDENT_H

#include <dlmodule.h>

/* Whether a resident module other than `module` has its name. */
rt_bool_t rttm_other_resident(const struct rt_dlmodule *module);

/*
 * Ends the resident module or the program called `name`, with all that it has of the kernel, and frees it. RT_FALSE when
 * it does not; the console has said why.
 */
rt_bool_t rttm_unload(const char *name);

#endif /* RTTM_RESIDENT_H */
