/* SPDX-License-Identifier: Apache-2.0 */
/* What the C programs of the pairs use of the kernel: what RT-Thread 4.0.3 exports. */
#ifndef PAIRS_K_H
#define PAIRS_K_H

#include <stddef.h>
#include <stdint.h>

typedef long  rt_err_t;
typedef void *obj_t;

int      rt_kprintf(const char *f, ...);
int      rt_snprintf(char *, size_t, const char *f, ...);
void    *rt_malloc(size_t);
void     rt_free(void *);
obj_t    rt_sem_create(const char *, unsigned, unsigned char);
rt_err_t rt_sem_take(obj_t, int);
rt_err_t rt_sem_release(obj_t);
rt_err_t rt_sem_delete(obj_t);
obj_t    rt_mq_create(const char *, unsigned, unsigned, unsigned char);
rt_err_t rt_mq_send_wait(obj_t, const void *, unsigned, int);
rt_err_t rt_mq_recv(obj_t, void *, unsigned, int);
rt_err_t rt_mq_delete(obj_t);
obj_t    rt_thread_create(const char *, void (*)(void *), void *, unsigned, unsigned char, unsigned);
rt_err_t rt_thread_startup(obj_t);
obj_t    rt_mutex_create(const char *, unsigned char);
rt_err_t rt_mutex_take(obj_t, int);
rt_err_t rt_mutex_release(obj_t);
rt_err_t rt_mutex_delete(obj_t);
obj_t    rt_event_create(const char *, unsigned char);
rt_err_t rt_event_send(obj_t, uint32_t);
rt_err_t rt_event_recv(obj_t, uint32_t, unsigned char, int, uint32_t *);
rt_err_t rt_event_delete(obj_t);
obj_t    rt_timer_create(const char *, void (*)(void *), void *, int, unsigned char);
rt_err_t rt_timer_start(obj_t);
rt_err_t rt_timer_delete(obj_t);
void    *memcpy(void *, const void *, size_t);
void    *memset(void *, int, size_t);
int      memcmp(const void *, const void *, size_t);
int      open(const char *, int, ...);
int      read(int, void *, size_t);
int      write(int, const void *, size_t);
int      close(int);
int      unlink(const char *);

#define FOREVER        (-1)
#define PRIO           1
#define EVENT_OR       2
#define EVENT_CLEAR    4
#define TIMER_PERIODIC 2
#define TIMER_SOFT     4
#define O_RDONLY       0
#define O_WRONLY       1
#define O_CREAT        0x200
#define O_TRUNC        0x400
/* Around the work that is counted: an instruction that does nothing. */
#define MARK __asm__ volatile("mov r9, r9" ::: "memory")

#endif /* PAIRS_K_H */
