/* SPDX-License-Identifier: Apache-2.0 */
/* `malloc`, `calloc`, `realloc` and `free`: blocks of the kernel's heap, which the kernel takes back when the module ends. */
#include <rtt_mod.h>
#include <stddef.h>

extern void *memcpy(void *to, const void *from, size_t bytes);
extern void *memset(void *place, int value, size_t bytes);

/* In front of each block, because `realloc` has to know it. */
union header
{
    size_t    bytes;
    long long alignment;
};

void *malloc(size_t bytes)
{
    union header *header;

    if (bytes > UINT32_MAX - sizeof *header)
        return NULL;
    header = rttm_heap_allocate((uint32_t)(bytes + sizeof *header), sizeof *header);
    if (header == NULL)
        return NULL;
    header->bytes = bytes;
    return header + 1;
}

void free(void *block)
{
    if (block != NULL)
        rttm_heap_free((union header *)block - 1);
}

void *calloc(size_t count, size_t bytes)
{
    void *block = bytes != 0 && count > (size_t)-1 / bytes ? NULL : malloc(count * bytes);

    return block != NULL ? memset(block, 0, count * bytes) : NULL;
}

void *realloc(void *block, size_t bytes)
{
    void  *moved;
    size_t before;

    if (block == NULL)
        return malloc(bytes);
    moved = malloc(bytes);
    if (moved == NULL)
        return NULL;
    before = ((union header *)block - 1)->bytes;
    memcpy(moved, block, before < bytes ? before : bytes);
    free(block);
    return moved;
}
