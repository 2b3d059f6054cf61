/* SPDX-License-Identifier: Apache-2.0 */
/* C++: `new` and `delete` over the heap of `malloc`, under the names that compilers give them. */
#include <stddef.h>

#include <rtt_mod.h>

extern void *malloc(size_t bytes);
extern void  free(void *block);

#if __SIZEOF_SIZE_T__ == 4
#define NEW                _Znwj
#define NEW_ARRAY          _Znaj
#define NEW_OR_NULL        _ZnwjRKSt9nothrow_t
#define NEW_ARRAY_OR_NULL  _ZnajRKSt9nothrow_t
#define DELETE_SIZED       _ZdlPvj
#define DELETE_ARRAY_SIZED _ZdaPvj
#else
#define NEW                _Znwm
#define NEW_ARRAY          _Znam
#define NEW_OR_NULL        _ZnwmRKSt9nothrow_t
#define NEW_ARRAY_OR_NULL  _ZnamRKSt9nothrow_t
#define DELETE_SIZED       _ZdlPvm
#define DELETE_ARRAY_SIZED _ZdaPvm
#endif

/* `std::nothrow` */
const char _ZSt7nothrow;

void *NEW(size_t bytes)
{
    void                *block = malloc(bytes);
    static const uint8_t text[] = "new: out of memory\n";

    if (block == NULL)
    {
        rttm_print(text, sizeof text - 1, NULL);
        rttm_exit(RTTM_EXIT_PANIC);
    }
    return block;
}

void *NEW_ARRAY(size_t bytes)
{
    return NEW(bytes);
}

void *NEW_OR_NULL(size_t bytes, const void *nothrow)
{
    (void)nothrow;
    return malloc(bytes);
}

void *NEW_ARRAY_OR_NULL(size_t bytes, const void *nothrow)
{
    (void)nothrow;
    return malloc(bytes);
}

void _ZdlPv(void *block)
{
    free(block);
}

void _ZdaPv(void *block)
{
    free(block);
}

void DELETE_SIZED(void *block, size_t bytes)
{
    (void)bytes;
    free(block);
}

void DELETE_ARRAY_SIZED(void *block, size_t bytes)
{
    (void)bytes;
    free(block);
}
