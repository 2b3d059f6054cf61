/*
 * SPDX-License-Identifier: Apache-2.0
 *
 * Prints how many bytes the largest free block of the heap has.
 */
void *rt_malloc(unsigned bytes);
void  rt_free(void *place);
int   rt_kprintf(const char *format, ...);

int main(void)
{
    unsigned bytes = 0;
    unsigned step;

    for (step = 1u << 22; step >= 16; step /= 2)
    {
        void *block = rt_malloc(bytes + step);

        if (block != 0)
            bytes += step;
        rt_free(block);
    }
    rt_kprintf("largest block: %u\n", bytes);
    return 0;
}
