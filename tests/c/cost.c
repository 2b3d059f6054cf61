/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the kernel's services cost a module in C. The loops are those of tests/apps/cost, each of which looks at the
 * results, and so is the output.
 */
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
rt_err_t rt_thread_delay(unsigned ticks);
int      rt_kprintf(const char *format, ...);

#define RT_EOK      0
#define FOREVER     (-1)
#define BY_PRIORITY 1

#define PASSES 1000

/* Of the SysTick: counts down from one tick of the kernel's to the next. */
#define COUNTER (*(volatile unsigned *)0xE000E018)

/* The counter at the beginning of a tick, so that no other one begins before the loop is over. */
static unsigned start(void)
{
    rt_thread_delay(1);
    return COUNTER;
}

static void report(const char *name, unsigned started)
{
    rt_kprintf("%s %u\n", name, started - COUNTER);
}

static void semaphore(void)
{
    void    *sem = rt_sem_create("cost", 1, BY_PRIORITY);
    unsigned started = start();

    for (int pass = 0; pass < PASSES; pass++)
    {
        if (rt_sem_take(sem, FOREVER) != RT_EOK || rt_sem_release(sem) != RT_EOK)
            break;
    }
    report("semaphore", started);
    rt_sem_delete(sem);
}

static void mutex(void)
{
    void    *mutex = rt_mutex_create("cost", BY_PRIORITY);
    unsigned started = start();

    for (int pass = 0; pass < PASSES; pass++)
    {
        if (rt_mutex_take(mutex, FOREVER) != RT_EOK)
            break;
        rt_mutex_release(mutex);
    }
    report("mutex", started);
    rt_mutex_delete(mutex);
}

static void queue(void)
{
    void    *mq = rt_mq_create("cost", sizeof(int), 4, BY_PRIORITY);
    unsigned started = start();

    for (int pass = 0; pass < PASSES; pass++)
    {
        int message = pass;

        if (rt_mq_send_wait(mq, &message, sizeof message, FOREVER) != RT_EOK ||
            rt_mq_recv(mq, &message, sizeof message, FOREVER) != RT_EOK)
            break;
    }
    report("queue", started);
    rt_mq_delete(mq);
}

int main(void)
{
    semaphore();
    mutex();
    queue();
    return 0;
}
