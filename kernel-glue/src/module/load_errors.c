/* SPDX-License-Identifier: Apache-2.0 */
/* Prints the errors that the loader finds in a file. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "../port/compat.h"
#include "loader.h"
#include "loading.h"
#include "refuse.h"
#include "rtt_mod.h"
#include "utf8.h"

/* The most lines for one file. `mkmod check` prints all errors. */
#define ERRORS_MAX 16

/* An error of these kinds is about the file as a whole, and printed once. */
#define PRINTED_ONCE (RTTM_LOAD_ERROR_NO_IMAGE + 1)

/* The text of each kind. Its arguments are the number and the place of the error. */
static const char *const words[] = {
    [RTTM_LOAD_ERROR_DEVICE] = "cannot be read",
    [RTTM_LOAD_ERROR_NO_ELF] = "not a module: no ELF file",
    [RTTM_LOAD_ERROR_CUT] = "cut off: the file ends too early",
    [RTTM_LOAD_ERROR_MACHINE] = "built for another processor",
    [RTTM_LOAD_ERROR_KIND] = "not a module: an ELF file of another kind",
    [RTTM_LOAD_ERROR_NOTE] = "damaged: its note",
    [RTTM_LOAD_ERROR_OLD] = "built for an earlier version of the file format: build it again",
    [RTTM_LOAD_ERROR_CHECKSUM] = "damaged: its checksum is not the one in its note",
    [RTTM_LOAD_ERROR_NO_NOTE] = "damaged: it uses the module ABI, but has no note",
    [RTTM_LOAD_ERROR_CHANGED] = "was written to while it was loaded",
    [RTTM_LOAD_ERROR_TABLES] = "damaged: its tables are not those of a module",
    [RTTM_LOAD_ERROR_CTORS] =
        "lists functions to be called before its constructors, which nobody does: call them from main",
    [RTTM_LOAD_ERROR_NO_IMAGE] = "damaged: there is nothing to load",
    [RTTM_LOAD_ERROR_ALIGNMENT] = "segment %u is aligned to more than 4096 bytes: link with -z max-page-size=4",
    [RTTM_LOAD_ERROR_SEGMENT] = "damaged: segment %u",
    [RTTM_LOAD_ERROR_SECTION] = "damaged: section %u",
    [RTTM_LOAD_ERROR_SYMBOL] = "damaged: symbol %u",
    [RTTM_LOAD_ERROR_CODE] = "built for another processor: symbol %u",
    [RTTM_LOAD_ERROR_UNSUPPORTED] = "relocation type %u at 0x%x is not supported: link with mkmod-ld",
    [RTTM_LOAD_ERROR_RELOCATION] = "damaged: relocation of type %u at 0x%x",
};

static void end_names(struct rttm_load_errors *errors)
{
    if (errors->in_names)
        rt_kputs("\n");
    errors->in_names = RT_FALSE;
}

/* Begins a line, if another one may be printed. */
static rt_bool_t begin_line(struct rttm_load_errors *errors)
{
    end_names(errors);
    return errors->count++ < ERRORS_MAX;
}

/* Prints all missing names on one line. */
static void add_missing(struct rttm_load_errors *errors, const char *name)
{
    if (errors->in_names)
    {
        rt_kputs(", ");
    }
    else
    {
        begin_line(errors);
        rt_kputs(errors->path);
        rt_kputs(": the kernel does not export ");
        errors->in_names = RT_TRUE;
    }
    rttm_put_escaped(name);
}

void rttm_load_errors_add(struct rttm_load_errors *errors, const struct rttm_load_error *error)
{
    rt_uint32_t bit = 1u << error->kind;
    rt_bool_t   is_repeated = error->kind < PRINTED_ONCE && (errors->kinds & bit) != 0;

    errors->kinds |= bit;
    if (error->kind == RTTM_LOAD_ERROR_MISSING)
        add_missing(errors, error->name);
    else if (!is_repeated && begin_line(errors))
        rttm_refuse(errors->path, words[error->kind], (unsigned)error->number, (unsigned)error->place);
}

void rttm_load_errors_add_text(struct rttm_load_errors *errors, const char *text)
{
    if (begin_line(errors))
        rttm_refuse(errors->path, "%s", text);
}

void rttm_load_errors_add_memory(struct rttm_load_errors *errors, rt_uint32_t image_bytes)
{
    if (begin_line(errors))
        rttm_refuse_image(errors->path, image_bytes);
}

#ifdef RTT_MOD_USING_MEMHEAP
void rttm_load_errors_add_memheap(struct rttm_load_errors *errors, const struct rt_memheap *memheap,
                                  rt_uint32_t image_bytes)
{
    if (begin_line(errors))
        rttm_refuse(errors->path, "no memory in the memheap `%.*s`: its image takes %u bytes, %u are free", RT_NAME_MAX,
                    memheap->parent.name, (unsigned)image_bytes, (unsigned)memheap->available_size);
}
#endif

void rttm_load_errors_end(struct rttm_load_errors *errors)
{
    if (errors->unaccepted != RT_NULL && (errors->kinds & 1u << RTTM_LOAD_ERROR_CHECKSUM) == 0)
        rttm_load_errors_add_text(errors, errors->unaccepted);
    end_names(errors);
    if ((errors->kinds & 1u << RTTM_LOAD_ERROR_MISSING) != 0 &&
        (errors->abi_major > RTTM_ABI_MAJOR ||
         (errors->abi_major == RTTM_ABI_MAJOR && errors->abi_minor > RTTM_ABI_MINOR)))
        rttm_refuse(errors->path, "built for version %u.%u of the module ABI, the kernel has %u.%u", errors->abi_major,
                    errors->abi_minor, RTTM_ABI_MAJOR, RTTM_ABI_MINOR);
    if (errors->count > ERRORS_MAX)
        rttm_refuse(errors->path, "%u more errors: run `mkmod check` to see them",
                    (unsigned)(errors->count - ERRORS_MAX));
}

#endif /* RT_USING_MODULE */
