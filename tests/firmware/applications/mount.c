/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is mounted where: the card is the root folder. RT-Thread does it before the shell starts.
 */
#include <rtthread.h>
#include <dfs_fs.h>

#define CARD "sd0"

/* Not by RT-Thread's mount table: that tries again for each card that its SD stack finds, and complains. */
static int mount_card(void)
{
    if (dfs_mount(CARD, "/", "elm", 0, RT_NULL) == 0)
        return 0;
    rt_kprintf("the card has no FAT volume, or there is no card\n");
    return -1;
}
INIT_ENV_EXPORT(mount_card);
