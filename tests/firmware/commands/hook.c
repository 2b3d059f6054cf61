/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a module can leave a pointer in, of the firmware for the tests of kept images alone: a hook that it exports and one
 * that it does not, and a device. The MSH command `hook` calls the hooks, and `hook clear` clears all three.
 */
#include <string.h>

#include <rtthread.h>
#include <finsh.h>
#include <rtm.h>

typedef int hook_function(void);

hook_function *firmware_hooks[2];
RTM_EXPORT(firmware_hooks)

static hook_function *hidden_hook;

static struct rt_device device;

void firmware_hide(hook_function *hook)
{
    hidden_hook = hook;
}
RTM_EXPORT(firmware_hide)

static int register_device(void)
{
    return rt_device_register(&device, "probe", RT_DEVICE_FLAG_RDWR);
}
INIT_APP_EXPORT(register_device);

static int hook(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "clear") == 0)
    {
        firmware_hooks[1] = RT_NULL;
        hidden_hook = RT_NULL;
        device.rx_indicate = RT_NULL;
        return 0;
    }
    if (firmware_hooks[1] != RT_NULL)
        rt_kprintf("the hook's call number %d\n", firmware_hooks[1]());
    if (hidden_hook != RT_NULL)
        rt_kprintf("the hidden hook's call number %d\n", hidden_hook());
    return 0;
}
MSH_CMD_EXPORT(hook, call or clear what modules have left);
