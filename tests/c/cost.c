/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What calls of the kernel's services cost a module in C. The loops are those of tests/apps/cost, each of which looks at the
 * results, and so is the output. The instructions between two marks are counted.
 */
#include <stddef.h>

typedef long rt_err_t;

void    *rt_sem_create(const char *name, unsigned value, unsigned char flag);
rt_err_t rt_sem_take(void *sem, int ticks);
rt_err_t rt_sem_release(void *sem);
rt_err_t rt_sem_delete(void *sem);
void    *rt_mutex_create(const char *name, unsigned char flag);
rt_err_t rt_mutex_take(void *mutex, int ticks);
rt_err_t rt_mutex_release(void *mutex);
rt_err_t rt_mutex_delete(void *mutex);
void    *rt_mq_create(const char *name, unsigned bytes, unsigned capacity, unsigned char flag);
rt_err_t rt_mq_send_wait(void *mq, const void *message, unsigned bytes, int ticks);
rt_err_t rt_mq_recv(void *mq, void *message, unsigned bytes, int ticks);
rt_err_t rt_mq_delete(void *mq);
void    *rt_event_create(const char *name, unsigned char flag);
rt_err_t rt_event_send(void *event, unsigned flags);
rt_err_t rt_event_recv(void *event, unsigned flags, unsigned char option, int ticks, unsigned *received);
rt_err_t rt_event_delete(void *event);
void    *rt_mb_create(const char *name, unsigned capacity, unsigned char flag);
rt_err_t rt_mb_send_wait(void *mailbox, unsigned long mail, int ticks);
rt_err_t rt_mb_recv(void *mailbox, unsigned long *mail, int ticks);
rt_err_t rt_mb_delete(void *mailbox);
void *rt_thread_create(const char *name, void (*entry)(void *), void *context, unsigned stack, unsigned char priority,
                       unsigned slice);
rt_err_t rt_thread_startup(void *thread);
rt_err_t rt_thread_yield(void);
unsigned rt_tick_get(void);
void    *rt_malloc(size_t bytes);
void     rt_free(void *block);
int      rt_kprintf(const char *format, ...);
int      open(const char *path, int flags, ...);
int      read(int file, void *bytes, size_t length);
int      write(int file, const void *bytes, size_t length);
int      close(int file);

#define RT_EOK      0
#define FOREVER     (-1)
#define BY_PRIORITY 1
#define OR_CLEAR    (2 | 4)
#define O_RDONLY    0
#define O_WRONLY    1
#define O_CREAT     0x200
#define O_TRUNC     0x400

#define MARK __asm__ volatile("mov r9, r9" ::: "memory")

/* The priority of the main thread, and of those that it starts: above the shell's, so that none of them waits for it. */
const unsigned short dlmodule_thread_priority = 15;

static void done(const char *name)
{
    rt_kprintf("%s done\n", name);
}

static void semaphore(void)
{
    void *sem = rt_sem_create("cost", 1, BY_PRIORITY);

    MARK;
    for (int pass = 0; pass < 1000; pass++)
    {
        if (rt_sem_take(sem, FOREVER) != RT_EOK || rt_sem_release(sem) != RT_EOK)
            break;
    }
    MARK;
    done("semaphore");
    rt_sem_delete(sem);
}

static void mutex(void)
{
    void *mutex = rt_mutex_create("cost", BY_PRIORITY);

    MARK;
    for (int pass = 0; pass < 1000; pass++)
    {
        if (rt_mutex_take(mutex, FOREVER) != RT_EOK)
            break;
        rt_mutex_release(mutex);
    }
    MARK;
    done("mutex");
    rt_mutex_delete(mutex);
}

static void queue(void)
{
    void *mq = rt_mq_create("cost", sizeof(int), 4, BY_PRIORITY);

    MARK;
    for (int pass = 0; pass < 1000; pass++)
    {
        int message = pass;

        if (rt_mq_send_wait(mq, &message, sizeof message, FOREVER) != RT_EOK ||
            rt_mq_recv(mq, &message, sizeof message, FOREVER) < 0) /* since 5.0, the length */
            break;
    }
    MARK;
    done("queue");
    rt_mq_delete(mq);
}

static void event(void)
{
    void    *event = rt_event_create("cost", BY_PRIORITY);
    unsigned received;

    MARK;
    for (int pass = 0; pass < 100; pass++)
    {
        if (rt_event_send(event, 1) != RT_EOK || rt_event_recv(event, 1, OR_CLEAR, FOREVER, &received) != RT_EOK)
            break;
    }
    MARK;
    done("event");
    rt_event_delete(event);
}

static void mailbox(void)
{
    void         *mb = rt_mb_create("cost", 4, BY_PRIORITY);
    unsigned long mail;

    MARK;
    for (int pass = 0; pass < 100; pass++)
    {
        if (rt_mb_send_wait(mb, (unsigned long)pass, FOREVER) != RT_EOK || rt_mb_recv(mb, &mail, FOREVER) != RT_EOK)
            break;
    }
    MARK;
    done("mailbox");
    rt_mb_delete(mb);
}

static void yield(void)
{
    MARK;
    for (int pass = 0; pass < 100; pass++)
        rt_thread_yield();
    MARK;
    done("yield");
}

static void *ended;

static void thread(void *unused)
{
    (void)unused;
    rt_sem_release(ended);
}

/* C has no join: a semaphore says that the thread has ended. The idle thread frees it later, and is not counted. */
static void spawn(void)
{
    ended = rt_sem_create("cost", 0, BY_PRIORITY);
    MARK;
    for (int pass = 0; pass < 20; pass++)
    {
        void *other = rt_thread_create("cost", thread, NULL, 1024, 15, 10);

        if (other == NULL)
            break;
        rt_thread_startup(other);
        rt_sem_take(ended, FOREVER);
    }
    MARK;
    done("spawn");
    rt_sem_delete(ended);
}

static void now(void)
{
    unsigned last = 0;

    MARK;
    for (int pass = 0; pass < 100; pass++)
    {
        unsigned tick = rt_tick_get();

        if (tick < last)
            break;
        last = tick;
    }
    MARK;
    done("now");
}

static void literal(void)
{
    MARK;
    for (int pass = 0; pass < 20; pass++)
        rt_kprintf("a line of text\n");
    MARK;
    done("literal");
}

static void integer(void)
{
    MARK;
    for (int pass = 0; pass < 20; pass++)
        rt_kprintf("%d of %s\n", pass * 1000, "twenty");
    MARK;
    done("integer");
}

static void heap(void)
{
    MARK;
    for (int pass = 0; pass < 100; pass++)
    {
        int *volatile block = rt_malloc(64);

        if (block == NULL)
            break;
        *block = pass;
        rt_free(block);
    }
    MARK;
    done("heap");
}

static void opening(void)
{
    MARK;
    for (int pass = 0; pass < 10; pass++)
    {
        int file = open("/cost.mo", O_RDONLY, 0);

        if (file < 0)
            break;
        close(file);
    }
    MARK;
    done("open");
}

static void reading(void)
{
    char bytes[64];
    int  file = open("/cost.mo", O_RDONLY, 0);

    MARK;
    for (int pass = 0; pass < 100; pass++)
    {
        if (read(file, bytes, sizeof bytes) < 0)
            break;
    }
    MARK;
    done("read");
    close(file);
}

static void writing(void)
{
    static const char bytes[64];
    int               file = open("/cost.txt", O_WRONLY | O_CREAT | O_TRUNC, 0);

    MARK;
    for (int pass = 0; pass < 100; pass++)
    {
        if (write(file, bytes, sizeof bytes) != sizeof bytes)
            break;
    }
    MARK;
    done("write");
    close(file);
}

int main(void)
{
    semaphore();
    mutex();
    queue();
    event();
    mailbox();
    yield();
    spawn();
    now();
    literal();
    integer();
    heap();
    opening();
    reading();
    writing();
    return 0;
}
