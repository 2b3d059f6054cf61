/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Calls functions of the kernel's, those of the kind that its argument names, until it is killed.
 */
typedef void *handle;

int    rt_kprintf(const char *format, ...);
int    open(const char *path, int flags, ...);
int    read(int descriptor, void *bytes, unsigned length);
int    write(int descriptor, const void *bytes, unsigned length);
int    close(int descriptor);
int    unlink(const char *path);
int    rename(const char *from, const char *to);
int    mkdir(const char *path, unsigned mode);
int    rmdir(const char *path);
handle opendir(const char *path);
handle readdir(handle folder);
int    closedir(handle folder);
handle dlopen(const char *path, int flags);
int    dlclose(handle library);
handle rt_malloc(unsigned bytes);
void   rt_free(handle block);
handle rt_sem_create(const char *name, unsigned value, unsigned char flag);
int    rt_sem_take(handle semaphore, int ticks);
int    rt_sem_release(handle semaphore);
int    rt_sem_delete(handle semaphore);
handle rt_mutex_create(const char *name, unsigned char flag);
int    rt_mutex_take(handle mutex, int ticks);
int    rt_mutex_release(handle mutex);
int    rt_mutex_delete(handle mutex);
handle rt_mq_create(const char *name, unsigned size, unsigned count, unsigned char flag);
int    rt_mq_send(handle queue, void *message, unsigned size);
int    rt_mq_delete(handle queue);
handle rt_thread_create(const char *name, void (*entry)(void *), void *parameter, unsigned stack_bytes,
                        unsigned char priority, unsigned ticks);
int    rt_thread_startup(handle thread);
int    rt_thread_delay(int ticks);
handle rt_timer_create(const char *name, void (*callback)(void *), void *parameter, unsigned ticks, unsigned char flag);
int    rt_timer_start(handle timer);
int    rt_timer_delete(handle timer);
handle rt_device_find(const char *name);
unsigned rt_device_write(handle device, int position, const void *bytes, unsigned length);

#define READ             0
#define WRITE_AND_CREATE 0x0201

static char bytes[700];

static void ignore(void *parameter)
{
    (void)parameter;
}

static void create(const char *path)
{
    int descriptor = open(path, WRITE_AND_CREATE, 0666);

    write(descriptor, bytes, sizeof bytes);
    close(descriptor);
}

static void call_open(void)
{
    close(open("/hello.mo", READ));
}

static void call_read(void)
{
    int descriptor = open("/hello.mo", READ);

    read(descriptor, bytes, sizeof bytes);
    close(descriptor);
}

static void call_write(void)
{
    create("/calls.txt");
    unlink("/calls.txt");
}

static void call_rename(void)
{
    create("/calls.txt");
    rename("/calls.txt", "/called.txt");
    unlink("/called.txt");
}

static void call_mkdir(void)
{
    mkdir("/calls", 0777);
    rmdir("/calls");
}

static void call_opendir(void)
{
    handle folder = opendir("/");

    while (folder != 0 && readdir(folder) != 0)
        ;
    if (folder != 0)
        closedir(folder);
}

static void call_dlopen(void)
{
    handle library = dlopen("/library.mo", 0);

    if (library != 0)
        dlclose(library);
}

static void call_malloc(void)
{
    rt_free(rt_malloc(64));
}

static void call_print(void)
{
    rt_kprintf("%s", "");
    rt_device_write(rt_device_find("uart0"), 0, "", 0);
}

static void call_semaphore(void)
{
    handle semaphore = rt_sem_create("calls", 0, 0);

    rt_sem_release(semaphore);
    rt_sem_take(semaphore, -1);
    rt_sem_take(semaphore, 1);
    rt_sem_delete(semaphore);
}

static void call_mutex(void)
{
    handle mutex = rt_mutex_create("calls", 0);

    rt_mutex_take(mutex, -1);
    rt_mutex_release(mutex);
    rt_mutex_delete(mutex);
}

static void call_queue(void)
{
    handle queue = rt_mq_create("calls", 16, 2, 0);

    rt_mq_send(queue, bytes, 16);
    rt_mq_delete(queue);
}

static void call_thread(void)
{
    rt_thread_startup(rt_thread_create("calls", ignore, 0, 1024, 21, 10));
    rt_thread_delay(2);
}

static void call_timer(void)
{
    handle timer = rt_timer_create("calls", ignore, 0, 1, 0);

    rt_timer_start(timer);
    rt_timer_delete(timer);
}

static const struct
{
    const char name[12];
    void (*call)(void);
} kinds[] = {
    {"open", call_open},     {"read", call_read},           {"write", call_write},   {"rename", call_rename},
    {"mkdir", call_mkdir},   {"opendir", call_opendir},     {"dlopen", call_dlopen}, {"malloc", call_malloc},
    {"print", call_print},   {"semaphore", call_semaphore}, {"mutex", call_mutex},   {"queue", call_queue},
    {"thread", call_thread}, {"timer", call_timer},
};

static int is_same(const char *a, const char *b)
{
    for (; *a == *b && *a != '\0'; a++, b++)
        ;
    return *a == *b;
}

int main(int argc, char **argv)
{
    unsigned i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
    {
        if (argc < 2 || !is_same(argv[1], kinds[i].name))
            continue;
        rt_kprintf("calling\n");
        for (;;)
            kinds[i].call();
    }
    return 1;
}
