/* SPDX-License-Identifier: Apache-2.0 */
/* Whose a kernel object is, as the kernel has it: an object that a module's thread makes is the module's. */
#ifndef RTTM_KERNEL_OBJECT_H
#define RTTM_KERNEL_OBJECT_H

#include <rtthread.h>

/* Makes `object` one of the kernel's own: dlmodule frees it with no module, and searches by name find it. */
void rttm_object_make_kernels(struct rt_object *object);

#endif /* RTTM_KERNEL_OBJECT_H */
