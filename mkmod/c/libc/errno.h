/* SPDX-License-Identifier: Apache-2.0 */
/* `errno`, where the compiler has no C library. The numbers are those of newlib, which the kernel uses. */
#ifndef RTTM_ERRNO_H
#define RTTM_ERRNO_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

extern int *__errno(void);

#define errno (*__errno())

#define ENOENT 2
#define EINTR  4
#define EIO    5
#define EBADF  9
#define EAGAIN 11
#define ENOMEM 12
#define EBUSY  16
#define EEXIST 17
#define EINVAL 22
#define ENOSPC 28

#ifdef __cplusplus
}
#endif

#endif /* RTTM_ERRNO_H */
