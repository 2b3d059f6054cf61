/* SPDX-License-Identifier: Apache-2.0 */
/* `mod check`: whether the module in a file would load and start now, and if not, why. */
#include <rtthread.h>

#ifdef RT_USING_MODULE

#include "../module/image.h"
#include "../module/load.h"
#include "../module/load_file.h"
#include "../module/note.h"
#include "../module/refuse.h"
#include "../module/resident.h"
#include "../module/short_name.h"
#include "rtt_mod.h"
#include "subcommands.h"

static rt_bool_t may_stay(const char *path)
{
    char        name[RT_NAME_MAX];
    const char *reason;

    rttm_short_name(path, name);
    reason = rttm_other_resident(name);
    if (reason != RT_NULL)
        rttm_refuse(path, "%s", reason);
    return reason == RT_NULL;
}

/* Whether there is memory for the main thread beside `image_bytes` of the kernel's heap. */
static rt_bool_t has_memory_for_thread(const char *path, rt_uint32_t image_bytes, rt_uint32_t stack_bytes)
{
    void *image = rt_malloc(image_bytes);
    void *stack = rt_malloc(stack_bytes);

    rt_free(image);
    rt_free(stack);
    if (stack == RT_NULL)
        rttm_refuse_thread(path, stack_bytes);
    return stack != RT_NULL;
}

/* The checks that need the note, which is valid because the file is. */
static rt_bool_t would_begin(const char *path)
{
    struct rttm_note_head note;
    rt_uint32_t           image_bytes;

    if (rttm_note_read(path, &note) != RTTM_NOTE_READ)
        return RT_TRUE;
    if (note.flags & RTTM_APP_RESIDENT)
        return may_stay(path);
    image_bytes = note.flags & RTTM_APP_MEMHEAP ? 0 : rttm_image_bytes(path);
    return (note.flags & RTTM_APP_LIBRARY) != 0 || has_memory_for_thread(path, image_bytes, note.stack_bytes);
}

rt_bool_t rttm_check(const char *path)
{
    if (!rttm_check_file(path) || !would_begin(path))
        return RT_FALSE;
    rt_kputs(path);
    rt_kputs(": would load now\n");
    return RT_TRUE;
}

#endif /* RT_USING_MODULE */
