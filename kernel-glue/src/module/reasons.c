/* SPDX-License-Identifier: Apache-2.0 */
/* The words for what the loader finds. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "../port/compat.h"
#include "reasons.h"
#include "refuse.h"
#include "rtt_mod.h"

/* Lines for one file. `mkmod check` tells all. */
#define REASONS_MAX 16

/* Those of these kinds are about no single place, and told once. */
#define TOLD_ONCE (RTTM_REASON_NO_IMAGE + 1)

/* Of each kind; with the reason's number, then its place. */
static const char *const words[] = {
    [RTTM_REASON_DEVICE] = "cannot be read",
    [RTTM_REASON_NO_ELF] = "not a module: no ELF file",
    [RTTM_REASON_CUT] = "cut off: the file ends too early",
    [RTTM_REASON_MACHINE] = "built for another processor",
    [RTTM_REASON_KIND] = "not a module: an ELF file of another kind",
    [RTTM_REASON_NOTE] = "damaged: its note",
    [RTTM_REASON_CHECKSUM] = "damaged: its checksum is not the one in its note",
    [RTTM_REASON_NO_IMAGE] = "damaged: there is nothing to load",
    [RTTM_REASON_SEGMENT] = "damaged: segment %u",
    [RTTM_REASON_SECTION] = "damaged: section %u",
    [RTTM_REASON_SYMBOL] = "damaged: symbol %u",
    [RTTM_REASON_CODE] = "built for another processor: symbol %u",
    [RTTM_REASON_UNSUPPORTED] = "relocation type %u at 0x%x is not supported: link with mkmod-ld",
    [RTTM_REASON_RELOCATION] = "damaged: relocation of type %u at 0x%x",
};

static void end_names(struct rttm_reasons *reasons)
{
    if (reasons->in_names)
        rt_kputs("\n");
    reasons->in_names = RT_FALSE;
}

/* Whether there is room for a line more, which this is then. */
static rt_bool_t begin_line(struct rttm_reasons *reasons)
{
    end_names(reasons);
    return reasons->count++ < REASONS_MAX;
}

/* All of them on one line. */
static void tell_missing(struct rttm_reasons *reasons, const char *name)
{
    if (reasons->in_names)
    {
        rt_kputs(", ");
    }
    else
    {
        begin_line(reasons);
        rt_kputs(reasons->path);
        rt_kputs(": the kernel does not export ");
        reasons->in_names = RT_TRUE;
    }
    rt_kputs(name);
}

void rttm_reasons_tell(struct rttm_reasons *reasons, const struct rttm_reason *reason)
{
    rt_uint32_t bit = 1u << reason->kind;
    rt_bool_t   is_repeated = reason->kind < TOLD_ONCE && (reasons->kinds & bit) != 0;

    reasons->kinds |= bit;
    if (reason->kind == RTTM_REASON_MISSING)
        tell_missing(reasons, reason->name);
    else if (!is_repeated && begin_line(reasons))
        rttm_refuse(reasons->path, words[reason->kind], (unsigned)reason->number, (unsigned)reason->place);
}

void rttm_reasons_say(struct rttm_reasons *reasons, const char *text)
{
    if (begin_line(reasons))
        rttm_refuse(reasons->path, "%s", text);
}

void rttm_reasons_memory(struct rttm_reasons *reasons, rt_uint32_t image_bytes)
{
    if (begin_line(reasons))
        rttm_refuse(reasons->path, "no memory: its image takes %u bytes, %u are free", (unsigned)image_bytes,
                    (unsigned)rttm_free_bytes());
}

void rttm_reasons_end(struct rttm_reasons *reasons)
{
    end_names(reasons);
    if ((reasons->kinds & 1u << RTTM_REASON_MISSING) != 0 &&
        (reasons->abi_major > RTTM_ABI_MAJOR ||
         (reasons->abi_major == RTTM_ABI_MAJOR && reasons->abi_minor > RTTM_ABI_MINOR)))
        rttm_refuse(reasons->path, "built for version %u.%u of the module ABI, the kernel has %u.%u",
                    reasons->abi_major, reasons->abi_minor, RTTM_ABI_MAJOR, RTTM_ABI_MINOR);
    if (reasons->count > REASONS_MAX)
        rttm_refuse(reasons->path, "%u more reasons: `mkmod check` tells them",
                    (unsigned)(reasons->count - REASONS_MAX));
}

#endif /* RT_USING_MODULE */
