/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the table of the functions that a module exports, for dlsym. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <string.h>

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
    symbols->table[0].name = (const char *)(symbols->table + count);
    return RT_TRUE;
}

void rttm_symbols_add(struct rttm_symbols *symbols, const char *name, void *address)
{
    struct rt_module_symtab *symbol = &symbols->table[symbols->count];
    char                    *copy = (char *)symbol[0].name;

    if (symbols->count > 0)
        copy = (char *)symbol[-1].name + strlen(symbol[-1].name) + 1;
    strcpy(copy, name);
    symbol->name = copy;
    symbol->addr = address;
    symbols->count++;
}

#endif /* RT_USING_MODULE */
