/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ends in a way that C code can choose alone: WAY is one of the functions here.
 */
typedef __SIZE_TYPE__ size_t;

int           rt_kprintf(const char *format, ...);
void          abort(void);
void          exit(int code);
unsigned long rt_hw_interrupt_disable(void);
void          rt_assert_handler(const char *expression, const char *function, size_t line);
int           rt_sem_take(void *semaphore, int ticks);
int           open(const char *path, int flags, ...);
int           read(int descriptor, void *bytes, size_t length);
int           write(int descriptor, const void *bytes, size_t length);

#define WRONG ((char *)0xF0000000ul)

void aborts(void)
{
    abort();
}

void exits_without_interrupts(void)
{
    rt_hw_interrupt_disable();
    exit(7);
}

void opens_wrong_path(void)
{
    open(WRONG, 0);
}

void reads_to_wrong_place(void)
{
    read(open("/hello.mo", 0), WRONG, 600);
}

void writes_from_wrong_place(void)
{
    write(open("/misuses.txt", 0x201, 0666), WRONG, 600);
}

void takes_no_semaphore(void)
{
    rt_sem_take(0, 0);
}

void asserts_itself(void)
{
    rt_assert_handler("1 == 2", __func__, 7);
}

int main(void)
{
    rt_kprintf("begins\n");
    WAY();
    return 0;
}
