/* SPDX-License-Identifier: Apache-2.0 */
/* Translates error numbers of the kernel and of the C library to results of the module ABI, and back. */
#include <errno.h>

#include <rtthread.h>

#include "../port/compat.h"
#include "result.h"

/* An error number of the kernel or of the C library, and its result. */
struct pair
{
    rt_uint8_t number;
    rt_int8_t  result;
};

static const struct pair kernel_errors[] = {
    {RT_ETIMEOUT, RTTM_ERROR_TIMED_OUT},
    {RT_EFULL, RTTM_ERROR_FULL},
    {RT_EEMPTY, RTTM_ERROR_EMPTY},
    {RT_ENOMEM, RTTM_ERROR_OUT_OF_MEMORY},
    {RT_ENOSYS, RTTM_ERROR_UNSUPPORTED},
    {RT_EBUSY, RTTM_ERROR_BUSY},
    {RT_EIO, RTTM_ERROR_IO},
    {RT_EINTR, RTTM_ERROR_INTERRUPTED},
    {RT_EINVAL, RTTM_ERROR_INVALID},
};

static const struct pair errnos[] = {
    {ENOENT, RTTM_ERROR_NOT_FOUND},
    {ENODEV, RTTM_ERROR_NOT_FOUND},
    {EEXIST, RTTM_ERROR_EXISTS},
    {EACCES, RTTM_ERROR_PERMISSION},
    {EPERM, RTTM_ERROR_PERMISSION},
    {EISDIR, RTTM_ERROR_IS_DIRECTORY},
    {ENOTDIR, RTTM_ERROR_NOT_DIRECTORY},
    {ENOTEMPTY, RTTM_ERROR_NOT_EMPTY},
    {ENOSPC, RTTM_ERROR_NO_SPACE},
    {EMFILE, RTTM_ERROR_TOO_MANY_OPEN},
    {ENFILE, RTTM_ERROR_TOO_MANY_OPEN},
    {ENAMETOOLONG, RTTM_ERROR_NAME},
    {EROFS, RTTM_ERROR_READ_ONLY},
    {ENOMEM, RTTM_ERROR_OUT_OF_MEMORY},
    {ENOSYS, RTTM_ERROR_UNSUPPORTED},
    {EXDEV, RTTM_ERROR_UNSUPPORTED},
    {EBUSY, RTTM_ERROR_BUSY},
    {EIO, RTTM_ERROR_IO},
    {EINTR, RTTM_ERROR_INTERRUPTED},
    {EINVAL, RTTM_ERROR_INVALID},
    {EBADF, RTTM_ERROR_INVALID},
    {ETIMEDOUT, RTTM_ERROR_TIMED_OUT},
    {EAGAIN, RTTM_ERROR_WOULD_BLOCK},
#ifdef RTT_MOD_USING_NET
    {EADDRINUSE, RTTM_ERROR_ADDRESS_IN_USE},
    {EHOSTUNREACH, RTTM_ERROR_UNREACHABLE},
    {ENETUNREACH, RTTM_ERROR_UNREACHABLE},
    {ENETDOWN, RTTM_ERROR_UNREACHABLE},
    {ECONNREFUSED, RTTM_ERROR_REFUSED},
    {ECONNRESET, RTTM_ERROR_RESET},
    {ECONNABORTED, RTTM_ERROR_RESET},
    {ENOTCONN, RTTM_ERROR_NOT_CONNECTED},
#endif
};

static int32_t result_find(const struct pair *pairs, rt_size_t count, int number)
{
    rt_size_t i;

    for (i = 0; i < count; i++)
    {
        if (pairs[i].number == number)
            return pairs[i].result;
    }
    return RTTM_ERROR;
}

int32_t rttm_result(rt_err_t error)
{
    if (error == RT_EOK)
        return RTTM_OK;
    return result_find(kernel_errors, sizeof kernel_errors / sizeof kernel_errors[0],
                       (int)(error < 0 ? -error : error));
}

rt_err_t rttm_kernel_error(int32_t result)
{
    rt_size_t i;

    for (i = 0; i < sizeof kernel_errors / sizeof kernel_errors[0]; i++)
    {
        if (kernel_errors[i].result == result)
            return -kernel_errors[i].number;
    }
    return -RT_ERROR;
}

int32_t rttm_result_of_errno(void)
{
    int number = (int)rt_get_errno(); /* negative in 4.x */

    return result_find(errnos, sizeof errnos / sizeof errnos[0], number < 0 ? -number : number);
}
