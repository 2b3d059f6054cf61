/* SPDX-License-Identifier: Apache-2.0 */
/* Modules that are loaded for others to call. */
#ifndef RTTM_LIBRARY_H
#define RTTM_LIBRARY_H

#include "kernel_module.h"

/*
 * Enters a new module among the kernel's modules, as a library of `owner`: it goes when the owner goes. RT_NULL for one
 * that stands for itself.
 */
void rttm_library_enroll(struct rt_dlmodule *module, struct rt_dlmodule *owner);

/* The module that `library` goes with, or RT_NULL. */
struct rt_dlmodule *rttm_library_owner(const struct rt_dlmodule *library);

#endif /* RTTM_LIBRARY_H */
