/* SPDX-License-Identifier: Apache-2.0 */
/* `mod info` of a file: its metadata, and whether it would load now. */
#include "../port/groups.h"
#ifdef RTT_MOD_USING_INFO

#include <string.h>

#include <rtthread.h>

#include "../module/image.h"
#include "../module/note.h"
#include "../module/utf8.h"
#include "../port/build_id.h"
#include "rtt_mod.h"
#include "subcommands.h"

/* The bytes of the texts of a note. Longer texts are left out. */
#define TEXT_BYTES 256

struct about
{
    struct rttm_note_head note;
    char                  texts[TEXT_BYTES];
};

/* The text after `text`, if both are in `about`. */
static const char *next_text(const struct about *about, const char *text)
{
    const char *last = &about->texts[TEXT_BYTES - 1];

    text += strlen(text);
    return text < last ? text + 1 : last;
}

static void print_line(const char *name, const char *text)
{
    rt_kprintf("  %s: ", name);
    rttm_put_escaped(text);
    rt_kputs("\n");
}

static void print_texts(const struct about *about)
{
    const char *name = about->texts;
    const char *version = next_text(about, name);
    const char *description = next_text(about, version);
    const char *target = next_text(about, description);

    print_line("name", name);
    print_line("version", version);
    if (description[0] != '\0')
        print_line("description", description);
    print_line("target", target);
#ifdef RTT_MOD_USING_MEMHEAP
    if (about->note.flags & RTTM_APP_MEMHEAP)
        print_line("memheap", next_text(about, target));
#endif
}

static void print_kind(rt_uint8_t flags)
{
    const char *kind = "program";

    if (flags & RTTM_APP_LIBRARY)
        kind = flags & RTTM_APP_RESIDENT ? "resident module" : "library";
    rt_kprintf("  kind: %s%s%s\n", kind, flags & RTTM_APP_COMMAND ? ", a command" : "",
               flags & RTTM_APP_AUTOSTART ? ", starts at boot" : "");
}

static void print_needs(const struct rttm_note_head *note)
{
    rt_kprintf("  ABI: %u.%u\n", note->abi_major, note->abi_minor);
    if (note->heap_bytes != 0)
        rt_kprintf("  heap: %u bytes of the image\n", (unsigned)note->heap_bytes);
    if ((note->flags & RTTM_APP_LIBRARY) && !(note->flags & RTTM_APP_RESIDENT))
        return;
    rt_kprintf("  stack: %u bytes\n", (unsigned)note->stack_bytes);
    if (note->priority == RTTM_PRIORITY_DEFAULT)
        rt_kprintf("  priority: that of its starter\n");
    else
        rt_kprintf("  priority: %u\n", note->priority);
}

static void print_note(const char *path, struct about *about)
{
    char build_id[RTTM_BUILD_ID_TEXT_BYTES];

    switch (rttm_note_read_texts(path, &about->note, about->texts, TEXT_BYTES))
    {
    case RTTM_NOTE_READ:
        print_texts(about);
        print_kind(about->note.flags);
        print_needs(&about->note);
        print_line("build", rttm_build_id_text(about->note.build_id, build_id));
        return;
    case RTTM_NOTE_NONE:
        rt_kprintf("  not made by mkmod: it has no metadata\n");
        return;
    default:
        return; /* the check prints why */
    }
}

rt_bool_t rttm_info_of_file(const char *path)
{
    struct about *about = rt_malloc(sizeof *about);

    if (about == RT_NULL)
    {
        rt_kprintf("mod: no memory to read it\n");
        return RT_FALSE;
    }
    rt_kputs(path);
    rt_kprintf(":\n  image: %u bytes\n", (unsigned)rttm_image_bytes(path));
    print_note(path, about);
    rt_free(about);
    return rttm_check(path);
}

#endif /* RTT_MOD_USING_INFO */
