/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The functions that a module exports, for dlsym. The table is that of dlmodule, but in one block with the names behind it.
 * dlmodule_destroy would free each name, which is no block of the heap here, so the table is freed before.
 */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include <string.h>

#include <rtm.h>

#include "loading.h"

rt_bool_t rttm_symbols_allocate(struct rt_dlmodule *kernel, rt_uint32_t count, rt_uint32_t name_bytes)
{
    if (count == 0)
        return RT_TRUE;
    if (count > RT_UINT16_MAX)
        return RT_FALSE;
    kernel->symtab = rt_malloc(count * sizeof *kernel->symtab + name_bytes);
    if (kernel->symtab == RT_NULL)
        return RT_FALSE;
    kernel->symtab[0].name = (const char *)(kernel->symtab + count);
    return RT_TRUE;
}

void rttm_symbols_add(struct rt_dlmodule *kernel, const char *name, void *address)
{
    struct rt_module_symtab *symbol = &kernel->symtab[kernel->nsym];
    char                    *copy = (char *)symbol[0].name;

    if (kernel->nsym > 0)
        copy = (char *)symbol[-1].name + strlen(symbol[-1].name) + 1;
    strcpy(copy, name);
    symbol->name = copy;
    symbol->addr = address;
    kernel->nsym++;
}

void rttm_symbols_free(struct rt_dlmodule *kernel)
{
    rt_free(kernel->symtab);
    kernel->symtab = RT_NULL;
    kernel->nsym = 0;
}

#endif /* RT_USING_MODULE */
