/* Variables with an alignment of up to 4,096 bytes. */
#include <stdint.h>

extern void rt_kprintf(const char *format, ...);

static volatile char line[32] __attribute__((aligned(32))) = {1};
static volatile char table[64] __attribute__((aligned(1024)));
static volatile char page[8] __attribute__((aligned(4096))) = {1};

/* A compiler that sees the variable takes its alignment for granted. */
__attribute__((noinline, noclone)) static int is_aligned(const volatile void *volatile place, uintptr_t alignment)
{
    return ((uintptr_t)place & (alignment - 1)) == 0;
}

int main(void)
{
    rt_kprintf("aligned: %d %d %d\n", is_aligned(line, 32), is_aligned(table, 1024), is_aligned(page, 4096));
    return 0;
}
