/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What dlsym finds of a module: a table as dlmodule makes it, but in one block with the names behind it.
 *
 * dlmodule_destroy frees each name, which here is none of the heap's: __wrap_dlmodule_destroy frees the table before.
 */
#include "symbols.h"

#ifdef RT_USING_MODULE

#include <string.h>

#include <rtthread.h>
#include <rtm.h>

/* The names begin off the alignment of rt_malloc: that tells them from those that dlmodule has made. */
#define GAP 1u

static char *names_of(const struct rt_module_symtab *table, rt_uint32_t capacity)
{
    return (char *)(table + capacity) + GAP;
}

rt_bool_t rttm_symbols_allocate(struct rt_dlmodule *module, rt_uint32_t count, rt_uint32_t name_bytes)
{
    if (count == 0)
        return RT_TRUE;
    if (count > RT_UINT16_MAX)
        return RT_FALSE;
    module->symtab = rt_malloc(count * sizeof *module->symtab + GAP + name_bytes);
    if (module->symtab == RT_NULL)
        return RT_FALSE;
    module->symtab[0].name = names_of(module->symtab, count);
    return RT_TRUE;
}

void rttm_symbols_add(struct rt_dlmodule *module, const char *name, void *address)
{
    struct rt_module_symtab *symbol = &module->symtab[module->nsym];
    char                    *copy = (char *)symbol[0].name;

    if (module->nsym > 0)
        copy = (char *)symbol[-1].name + strlen(symbol[-1].name) + 1;
    strcpy(copy, name);
    symbol->name = copy;
    symbol->addr = address;
    module->nsym++;
}

void rttm_symbols_free(struct rt_dlmodule *module)
{
    if (module->symtab == RT_NULL || (rt_ubase_t)module->symtab[0].name % sizeof(rt_uint32_t) != GAP)
        return;
    rt_free(module->symtab);
    module->symtab = RT_NULL;
    module->nsym = 0;
}

#endif /* RT_USING_MODULE */
