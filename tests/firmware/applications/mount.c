/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is mounted where: the card is the root folder. RT-Thread does it before the shell starts.
 */
#include <rtthread.h>
#include <dfs_fs.h>

/* The names of a card: that without partitions is the second one in 5.x. */
static const char *const cards[] = {"sd0", "sd"};

/* Not by RT-Thread's mount table: that tries again for each card that its SD stack finds, and complains. */
static int mount_card(void)
{
    rt_size_t i;

    for (i = 0; i < sizeof cards / sizeof cards[0]; i++)
    {
        if (rt_device_find(cards[i]) != RT_NULL && dfs_mount(cards[i], "/", "elm", 0, RT_NULL) == 0)
            return 0;
    }
    rt_kprintf("the card has no FAT volume, or there is no card\n");
    return -1;
}
INIT_ENV_EXPORT(mount_card);
