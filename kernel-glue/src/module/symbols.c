/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the table of the functions that a module exports, for dlsym. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "loading.h"

rt_bool_t rttm_symbols_allocate(struct rttm_symbols *symbols, rt_uint32_t count, rt_uint32_t name_bytes)
{
    if (count == 0)
        return RT_TRUE;
    if (count > RT_UINT16_MAX)
        return RT_FALSE;
    symbols->table = rt_malloc(count * sizeof *symbols->table + name_bytes);
    if (symbols->table == RT_NULL)
        return RT_FALSE;
    symbols->names = (char *)(symbols->table + count);
    return RT_TRUE;
}

void rttm_symbols_add(struct rttm_symbols *symbols, const char *name, void *address)
{
    struct rt_module_symtab *symbol = &symbols->table[symbols->count++];
    char                    *copy = symbols->names;

    symbol->name = copy;
    symbol->addr = address;
    do
        *copy++ = *name;
    while (*name++ != '\0');
    symbols->names = copy;
}

#endif /* RT_USING_MODULE */
