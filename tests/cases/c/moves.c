/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Has the kernel copy between variables with initial values until it is killed. What is copied looks like code: wherever the
 * kernel has got to, there seems to be a call in front. The copy goes byte by byte, so that it may be at any address.
 */
int   rt_kprintf(const char *format, ...);
void *rt_memmove(void *to, const void *from, unsigned long bytes);

#ifdef __riscv
#define CALL 0x9082 /* c.jalr ra */
#else
#define CALL 0x4780 /* blx r0 */
#endif

#define CALLS 4096

static unsigned short calls[CALLS] = {[0 ... CALLS - 1] = CALL};
static unsigned short room[CALLS] = {[0 ... CALLS - 1] = 1};

int main(void)
{
    rt_memmove(room, calls, sizeof room);
    rt_kprintf("%d calls are there\n", room[CALLS - 1] == CALL ? CALLS : 0);
    for (;;)
        rt_memmove(room, calls, sizeof room);
}
