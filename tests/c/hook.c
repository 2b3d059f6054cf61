/* SPDX-License-Identifier: Apache-2.0 */
/* Leaves a pointer to its own function in the kernel: in the place that its argument names. */
typedef int hook_function(void);

extern hook_function *firmware_hooks[2];

void  firmware_hide(hook_function *hook);
void *rt_device_find(const char *name);
int   rt_device_set_rx_indicate(void *device, int (*indicate)(void *device, unsigned bytes));
void *dlopen(const char *path, int flags);
void  rt_kprintf(const char *format, ...);

static int calls;

static int count(void)
{
    return ++calls;
}

static int indicate(void *device, unsigned bytes)
{
    (void)device;
    (void)bytes;
    return count();
}

int main(int argc, char **argv)
{
    switch (argc > 1 ? argv[1][0] : '\0')
    {
    case 'e':
        firmware_hooks[1] = count;
        break;
    case 'h':
        firmware_hide(count);
        break;
    case 'd':
        rt_device_set_rx_indicate(rt_device_find("probe"), indicate);
        break;
    case 'l':
        firmware_hooks[1] = count;
        dlopen("/library.mo", 0);
        break;
    default:
        rt_kprintf("usage: hook exported|hidden|device|library\n");
    }
    return 0;
}
