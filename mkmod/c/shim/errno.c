/* SPDX-License-Identifier: Apache-2.0 */
/* `errno`: that of the kernel, which sets it; newlib's header calls `__errno` for it. */
extern int *_rt_errno(void);

#ifndef KERNEL___errno
int *__errno(void)
{
    return _rt_errno();
}
#endif
