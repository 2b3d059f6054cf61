/* SPDX-License-Identifier: Apache-2.0 */
#ifndef RTTM_RECEIVE_H
#define RTTM_RECEIVE_H

#include <rtthread.h>

/*
 * Receives a file over the console, by YMODEM, and puts it at `path`, in place of what was there; RT_NULL: under the
 * sender's name for it, in the working directory. What was there stays until the new file is complete, and when that is a
 * module which would not load here. Says what has happened.
 */
rt_err_t rttm_receive(const char *path);

#endif /* RTTM_RECEIVE_H */
