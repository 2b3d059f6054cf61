/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is mounted where. RT-Thread does it before the shell starts, and says so when it fails.
 */
#include <rtthread.h>
#include <dfs_fs.h>

const struct dfs_mount_tbl mount_table[] = {
    {.device_name = "sd0", .path = "/", .filesystemtype = "elm"},
    {0},
};
