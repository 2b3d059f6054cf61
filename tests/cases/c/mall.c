/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Allocates and frees until it is killed, and has more by then.
 */
void *rt_malloc(unsigned bytes);
void *rt_calloc(unsigned count, unsigned bytes);
void *rt_realloc(void *place, unsigned bytes);
void  rt_free(void *place);
int   rt_kprintf(const char *format, ...);

int main(void)
{
    char *kept = rt_calloc(10, 10);
    int   i;

    for (i = 0; i < 100; i++)
        kept[i] = (char)(kept[i] + i);
    kept = rt_realloc(kept, 2000);
    for (i = 0; i < 100 && kept[i] == i; i++)
        ;
    rt_kprintf("%d of 100 bytes are as before\n", i);
    for (;;)
    {
        void *block = rt_malloc(64);

        rt_free(block);
    }
}
